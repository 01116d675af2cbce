import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Participant } from "@/e2e/participant";
import { RIYA, ROHIT } from "@/e2e/support/persona";
import { expect, ROOM, test } from "./fixtures";

/** A TURN server that lets nobody in is said in words. */

const SECRET = "a secret of the tests";

test("credentials that the TURN server does not know, since the two have other secrets, are no silence", async ({
  internet,
  open,
}) => {
  const turn = await internet.startTurn({ secret: "another secret" });
  const app = await internet.startApp({ EMBEDDED_TOPOLOGY: "direct", TURN_URL: turn.urls, TURN_SECRET: SECRET });
  const rohit = await open(ROHIT, internet.addHome("symmetric"), app);
  const riya = await open(RIYA, internet.addHome("cone"), app);
  await rohit.enter(ROOM);
  await riya.enter(ROOM);
  await expectTold(rohit, riya);
});

test("credentials whose time is over are no silence", async ({ internet, open }) => {
  const turn = await internet.startTurn({ secret: SECRET });
  const app = await internet.startApp({ EMBEDDED_TOPOLOGY: "direct", TURN_URL: turn.urls, TURN_SECRET: SECRET });
  const rohit = await open(ROHIT, internet.addHome("symmetric"), app);
  const riya = await open(RIYA, internet.addHome("cone"), app);
  for (const person of [rohit, riya]) await ageCredentials(person.page);
  await rohit.enter(ROOM);
  await riya.enter(ROOM);
  await expectTold(rohit, riya);
});

async function expectTold(one: Participant, other: Participant): Promise<void> {
  for (const [person, missed] of [
    [one, other],
    [other, one],
  ] as const) {
    const tile = person.tileOf(missed);
    await expect(tile).toHaveAttribute("data-state", "unreachable", { timeout: 10_000 });
    await expect(tile).toContainText(
      "Can't be reached from here: the TURN server does not accept this server's credentials",
    );
    await person.expectConnected();
  }
}

/** As if the page had got its credentials two hours ago, for one hour: genuine, and over. */
async function ageCredentials(page: Page): Promise<void> {
  const username = `${Math.round(Date.now() / 1000) - 3600}:1`;
  const credential = createHmac("sha1", SECRET).update(username).digest("base64");
  // In the page, for no request of Playwright's own gets into the network of the test.
  await page.addInitScript(
    (old) => {
      const original = Response.prototype.json;
      Response.prototype.json = async function () {
        const answer = await original.call(this);
        if (!Array.isArray(answer?.iceServers)) return answer;
        return { ...answer, iceServers: answer.iceServers.map((server: object) => ({ ...server, ...old })) };
      };
    },
    { username, credential },
  );
}
