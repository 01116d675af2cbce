import { expect, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";

test("a phone opens the address that start:https printed, and is in a call with the computer", async ({
  open,
  room,
  startApp,
}) => {
  const app = await startApp({ isHttps: true });
  try {
    const [printed = ""] = /https:\/\/\S+/.exec(app.output()) ?? [];
    const rohit = await open(ROHIT, { at: app });
    const riya = await open(RIYA, { at: app, isPhone: true });
    await rohit.enter(room);
    await riya.page.goto(`${printed}/room/${room}`);
    expect(await riya.page.evaluate(() => window.isSecureContext)).toBe(true);
    await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
    await riya.joinNow();
    await riya.expectSees(rohit);
    await rohit.expectSees(riya);
    await rohit.expectHears(riya);
  } finally {
    await app.stop();
  }
});
