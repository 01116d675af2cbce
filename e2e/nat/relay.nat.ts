import { RIYA, ROHIT } from "@/e2e/support/persona";
import { chosenPaths } from "./chosen-path";
import { expect, expectCall, ROOM, test } from "./fixtures";

/** No TURN server anywhere: what people send goes through the app's own server. */

for (const topology of ["relay", "auto"]) {
  test(`on ${topology} two people behind symmetric NATs meet through the server, by its one UDP port`, async ({
    internet,
    open,
  }) => {
    const app = await internet.startApp({ EMBEDDED_TOPOLOGY: topology });
    const rohit = await open(ROHIT, internet.addHome("symmetric"), app);
    const riya = await open(RIYA, internet.addHome("symmetric"), app);
    await rohit.enter(ROOM);
    await riya.enter(ROOM);
    await expectCall(rohit, riya);
    const relay = `${new URL(app.url).hostname}:3478`;
    for (const { page } of [rohit, riya]) {
      await expect.poll(async () => (await chosenPaths(page)).map(({ to }) => to)).toEqual([relay]);
    }
  });
}

test("where a home lets no UDP out and there is no TURN server, both read that this server can't be reached for calls", async ({
  internet,
  open,
}) => {
  const app = await internet.startApp({ EMBEDDED_TOPOLOGY: "auto" });
  const strict = internet.addHome("symmetric");
  strict.blockUdp();
  const rohit = await open(ROHIT, strict, app);
  const riya = await open(RIYA, internet.addHome("cone"), app);
  await rohit.enter(ROOM);
  await riya.enter(ROOM);
  const whose = [
    [rohit, riya, "your"],
    [riya, rohit, "ROHIT's"],
  ] as const;
  for (const [person, other, owner] of whose) {
    await expect(person.tileOf(other)).toHaveAttribute("data-state", "unreachable", { timeout: 15_000 });
    await expect(person.tileOf(other)).toContainText(`${owner} network does not let calls through to this server`);
  }
});
