import type { Participant } from "@/e2e/participant";
import { RIYA, ROHIT } from "@/e2e/support/persona";
import { expect, expectCall, ROOM, test } from "./fixtures";
import type { Home } from "./network/home";
import type { Internet } from "./network/internet";

/** A way that is cut in the call: what is shown is so, and it heals by itself. */

const SECRET = "a secret of the tests";

type Open = (persona: typeof ROHIT, home: Home, app: Awaited<ReturnType<Internet["startApp"]>>) => Promise<Participant>;

async function meet(internet: Internet, open: Open) {
  const turn = await internet.startTurn({ secret: SECRET });
  const app = await internet.startApp({
    EMBEDDED_TOPOLOGY: "direct",
    TURN_URL: turn.urls,
    TURN_SECRET: SECRET,
  });
  const home = internet.addHome("symmetric");
  const rohit = await open(ROHIT, home, app);
  const riya = await open(RIYA, internet.addHome("symmetric"), app);
  await rohit.enter(ROOM);
  await riya.enter(ROOM);
  await expectCall(rohit, riya);
  return { home, rohit, riya };
}

/** The other's tile says that the way is cut within five seconds, and is whole again within fifteen more. */
async function expectHeals({ rohit, riya }: { rohit: Participant; riya: Participant }): Promise<void> {
  await expect(riya.tileOf(rohit)).toHaveAttribute("data-state", "reconnecting", { timeout: 5_000 });
  for (const [person, other] of [
    [rohit, riya],
    [riya, rohit],
  ] as const) {
    await expect(person.tileOf(other)).toHaveAttribute("data-state", "connected", { timeout: 15_000 });
    await person.expectConnected();
  }
  await expectCall(rohit, riya);
}

test("a laptop that goes to another network is in the call again within seconds", async ({ internet, open }) => {
  const call = await meet(internet, open);
  call.home.moveTo(77);
  await expectHeals(call);
});

test("a router gets another address from its provider: that the way is cut is shown, and it is whole again within seconds", async ({
  internet,
  open,
}) => {
  const call = await meet(internet, open);
  internet.giveOtherAddress(call.home);
  await expectHeals(call);
});
