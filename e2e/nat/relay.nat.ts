import { RIYA, ROHIT } from "@/e2e/support/persona";
import { chosenPaths } from "./chosen-path";
import { expect, expectCall, ROOM, test } from "./fixtures";

/** No TURN server anywhere: what people send goes through the app's own server. */

for (const topology of ["relay", "auto"]) {
  test(`on ${topology} two people behind symmetric NATs meet through the server, by its one UDP port`, async ({
    internet,
    open,
  }) => {
    test.fixme(true, "No page uses the relay yet.");
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
