import { outcomeOf } from "@/e2e/conformance/page/checks";
import type { Scenarios } from "@/e2e/conformance/page/stage";

const STATE = "connection-state-change";

export const TOKENS: Scenarios = {
  "renew with a good token: nothing happens but that": async (stage) => {
    const { rohit, riya } = await stage.two();
    stage.expect("outcome", await outcomeOf(rohit.client.renewToken(await rohit.seat.renewedToken())), "ok");
    stage.expect("state", rohit.client.connectionState, "CONNECTED");
    await riya.sees(rohit);
  },

  "renew with a token that is none: refused, and the call goes on": async (stage) => {
    const { rohit, riya } = await stage.two();
    stage.expect("outcome", await outcomeOf(rohit.client.renewToken("007none")), "UNEXPECTED_RESPONSE");
    stage.expect("state", rohit.client.connectionState, "CONNECTED");
    await riya.sees(rohit);
  },

  "renew with another room's token: refused, and the call goes on": async (stage) => {
    const { rohit, riya } = await stage.two();
    const other = await stage.seatElsewhere();
    stage.expect("outcome", await outcomeOf(rohit.client.renewToken(other.token)), "UNEXPECTED_RESPONSE");
    stage.expect("state", rohit.client.connectionState, "CONNECTED");
    await riya.sees(rohit);
  },

  "the token's end is warned of 30 s before, and a renewal puts it off": async (stage) => {
    const rohit = await stage.person("rohit", { expiresInSeconds: 32 });
    await rohit.join();
    stage.expect("not yet", rohit.told("token-"), []);
    await rohit.hearsOf("token-", 1);
    await rohit.client.renewToken(await rohit.seat.renewedToken());
    stage.expect("told", rohit.told("token-"), ["token-privilege-will-expire"]);
    stage.expect("state", rohit.client.connectionState, "CONNECTED");
  },

  "the token's end is told": async (stage) => {
    const rohit = await stage.person("rohit", { expiresInSeconds: 3 });
    const riya = await stage.joined("riya");
    await rohit.join();
    await rohit.client.publish(rohit.video);
    await riya.knows(rohit, { video: true });
    await rohit.hearsOf("token-", 2);
    stage.expect(
      "in this order",
      rohit.log.filter((line) => /^token-|TOKEN_EXPIRE/.test(line)),
      ["token-privilege-will-expire", `${STATE} DISCONNECTED DISCONNECTING TOKEN_EXPIRE`, "token-privilege-did-expire"],
      {
        embedded: {
          is: ["token-privilege-will-expire", "token-privilege-did-expire"],
          because: "the server keeps the seat for 60 s more, so it stays in the call: a late renewal costs nothing",
        },
      },
    );
  },
};
