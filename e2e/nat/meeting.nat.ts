import type { Participant } from "@/e2e/participant";
import { RIYA, ROHIT } from "@/e2e/support/persona";
import { chosenPaths } from "./chosen-path";
import { expect, expectCall, ROOM, test } from "./fixtures";
import type { Nat } from "./network/nat";

/** Which homes meet, by which way, and what people read where they can't. */

const SECRET = "a secret of the tests";

async function expectPath(person: Participant, isRelayed: boolean): Promise<void> {
  const isThrough = async () =>
    (await chosenPaths(person.page)).map(({ local, remote }) => [local, remote].includes("relay"));
  await expect.poll(isThrough, `whether the way of ${person.name} is by TURN`).toEqual([isRelayed]);
}

for (const [one, other] of [
  ["symmetric", "cone"],
  ["symmetric", "symmetric"],
] as const satisfies ReadonlyArray<readonly [Nat, Nat]>) {
  test(`behind a ${one} and a ${other} NAT two people meet through TURN, with credentials that end`, async ({
    internet,
    open,
  }) => {
    const turn = await internet.startTurn({ secret: SECRET });
    const app = await internet.startApp({ EMBEDDED_TOPOLOGY: "direct", TURN_URL: turn.urls, TURN_SECRET: SECRET });
    const rohit = await open(ROHIT, internet.addHome(one), app);
    const riya = await open(RIYA, internet.addHome(other), app);
    await rohit.enter(ROOM);
    await riya.enter(ROOM);
    await expectCall(rohit, riya);
    for (const person of [rohit, riya]) await expectPath(person, true);

    const usernames = await riya.page.evaluate(() =>
      window.recordedMedia.connections.flatMap((connection) =>
        (connection.getConfiguration().iceServers ?? []).map(({ username }) => username ?? ""),
      ),
    );
    expect(usernames).toHaveLength(1);
    const [, expiry] = /^(\d+):\d+$/.exec(usernames[0] ?? "") ?? [];
    const leftSeconds = Number(expiry) - Date.now() / 1000;
    expect(leftSeconds).toBeGreaterThan(3500);
    expect(leftSeconds).toBeLessThanOrEqual(3600);
  });
}

test("two homes of the usual kind meet directly once STUN has told them their addresses", async ({
  internet,
  open,
}) => {
  const { stunUrl } = await internet.startTurn({ secret: SECRET });
  const app = await internet.startApp({
    EMBEDDED_TOPOLOGY: "direct",
    ICE_SERVERS: JSON.stringify([{ urls: stunUrl }]),
  });
  const rohit = await open(ROHIT, internet.addHome("cone"), app);
  const riya = await open(RIYA, internet.addHome("cone"), app);
  await rohit.enter(ROOM);
  await riya.enter(ROOM);
  await expectCall(rohit, riya);
  for (const person of [rohit, riya]) await expectPath(person, false);
});

test("behind a symmetric and a cone NAT STUN is not enough, and each reads what is missing", async ({
  internet,
  open,
}) => {
  const { stunUrl } = await internet.startTurn({ secret: SECRET });
  const app = await internet.startApp({
    EMBEDDED_TOPOLOGY: "direct",
    ICE_SERVERS: JSON.stringify([{ urls: stunUrl }]),
  });
  const rohit = await open(ROHIT, internet.addHome("symmetric"), app);
  const riya = await open(RIYA, internet.addHome("cone"), app);
  await rohit.enter(ROOM);
  await riya.enter(ROOM);
  await expectUnreachable(rohit, riya, "this server has no TURN server");
});

test("without TURN each reads why there is no picture; both are in the room, and the chat works", async ({
  internet,
  open,
}) => {
  const app = await internet.startApp({ EMBEDDED_TOPOLOGY: "direct" });
  const rohit = await open(ROHIT, internet.addHome("symmetric"), app);
  const riya = await open(RIYA, internet.addHome("cone"), app);
  await rohit.enter(ROOM);
  await riya.enter(ROOM);
  await expectUnreachable(rohit, riya, "this server has no TURN server");

  for (const person of [rohit, riya]) await person.control("Chat").click();
  await rohit.page.getByRole("textbox", { name: "Message" }).fill("I can't see you");
  await rohit.page.keyboard.press("Enter");
  await expect(riya.page.getByRole("log", { name: "Messages" }).getByTestId("message")).toHaveText(["I can't see you"]);
});

test("where a home lets no UDP out, TURN over TCP carries sound and picture", async ({ internet, open }) => {
  const turn = await internet.startTurn({ secret: SECRET });
  const app = await internet.startApp({ EMBEDDED_TOPOLOGY: "direct", TURN_URL: turn.urls, TURN_SECRET: SECRET });
  const strict = internet.addHome("symmetric");
  strict.blockUdp();
  const rohit = await open(ROHIT, strict, app);
  const riya = await open(RIYA, internet.addHome("cone"), app);
  await rohit.enter(ROOM);
  await riya.enter(ROOM);
  await expectCall(rohit, riya);
  const [path] = await chosenPaths(rohit.page);
  expect(path).toMatchObject({ local: "relay", relayProtocol: "tcp" });
});

/** Both tiles say within ten seconds of the join that the other can't be reached, and why. */
async function expectUnreachable(one: Participant, other: Participant, why: string): Promise<void> {
  for (const [person, missed] of [
    [one, other],
    [other, one],
  ] as const) {
    const tile = person.tileOf(missed);
    await expect(tile).toHaveAttribute("data-state", "unreachable", { timeout: 10_000 });
    await expect(tile).toContainText(`Can't be reached from here: ${why}`);
    await person.expectConnected();
  }
}
