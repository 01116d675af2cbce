import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { platform } from "node:process";
import { type Browser, chromium, test } from "@playwright/test";
import { Participant } from "./participant";
import { startAppServer } from "./support/app-server";
import { chromiumLaunchOptions } from "./support/chromium";
import { type Persona, paintPersona, RAHUL, RIYA, ROHIT, recordMedia } from "./support/persona";

/**
 * The multi-tab demo: real browsers, three people, one room. Plays the story of a call and saves numbered pictures of it,
 * in the folder that `DEMO_PICTURES` names. Run by Playwright's runner for its TypeScript: `npm run demo`.
 */
const FOLDER = process.env.DEMO_PICTURES ?? join("test-results", "demo");
const ROOM = "MAIN";

const hasDisplay = platform === "darwin" || platform === "win32" || Boolean(process.env.DISPLAY);

test("the demo", async () => {
  test.setTimeout(300_000);
  mkdirSync(FOLDER, { recursive: true });
  const app = await startAppServer();
  const browser = await chromium.launch({ ...chromiumLaunchOptions(), headless: !hasDisplay });
  try {
    console.log(`\nMyChat at ${app.url}, ${hasDisplay ? "in windows to watch" : "headless, as there is no display"}\n`);
    await play(app.url, (persona, options) => open(browser, app.url, persona, options));
    console.log(`\nThe pictures are in ${FOLDER}\n`);
  } finally {
    await browser.close();
    await app.stop();
  }
});

type Open = (persona: Persona, options?: { isPhone: boolean }) => Promise<Participant>;

async function play(url: string, open: Open): Promise<void> {
  const step = countedSteps();
  const rohit = await open(ROHIT);
  await rohit.page.goto("/");
  await rohit.page.getByRole("textbox", { name: "Room" }).fill(ROOM);
  await rohit.page.getByRole("textbox", { name: "Name" }).fill(rohit.name);
  await step("ROHIT opens the lobby and types the room and his name", rohit);

  await rohit.page.getByRole("button", { name: "Join", exact: true }).click();
  await rohit.page.getByTestId("preview").locator("video").waitFor();
  await step("He sees himself before anyone else does", rohit);

  await rohit.joinNow();
  await step("He joins, and is alone in the room for now", rohit);

  const riya = await open(RIYA);
  await riya.enter(ROOM);
  await riya.expectSees(rohit);
  await rohit.expectSees(riya);
  await riya.expectHears(rohit);
  await step("RIYA comes: the two see and hear each other", riya);

  const rahul = await open(RAHUL, { isPhone: true });
  await rahul.follow(`${url}/room/${ROOM}`);
  for (const person of [rohit, riya, rahul]) {
    for (const other of [rohit, riya, rahul]) if (other !== person) await person.expectSees(other);
  }
  await step("RAHUL follows the room's link, and everyone sees everyone", rohit);
  await step("He does so on a phone", rahul);

  await riya.turn("Microphone", "off");
  await rohit.tileOf(riya).locator("xpath=self::*[@data-audio='off']").waitFor();
  await rohit.expectSilence(riya);
  await step("RIYA mutes herself, and the others see that they don't hear her", rohit);

  await rahul.turn("Camera", "off");
  await rohit.tileOf(rahul).locator("xpath=self::*[@data-video='off']").waitFor();
  await step("RAHUL turns his camera off: his initials stand for him", rohit);

  await riya.leave();
  await rohit.tileOf(riya).waitFor({ state: "detached" });
  await step("RIYA leaves, and her tile goes", rohit);
  await step("The lobby offers her the way back", riya);
}

/** One person, in a browser context of their own. */
async function open(
  browser: Browser,
  baseURL: string,
  persona: Persona,
  { isPhone } = { isPhone: false },
): Promise<Participant> {
  const context = await browser.newContext({
    baseURL,
    permissions: ["camera", "microphone"],
    viewport: isPhone ? { width: 390, height: 844 } : { width: 1280, height: 760 },
    deviceScaleFactor: isPhone ? 2 : 1,
    isMobile: isPhone,
    hasTouch: isPhone,
  });
  const page = await context.newPage();
  await page.addInitScript(paintPersona, persona);
  await page.addInitScript(recordMedia);
  return new Participant(page, persona);
}

function countedSteps() {
  let count = 0;
  return async (sentence: string, { page }: Participant): Promise<void> => {
    const number = String(++count).padStart(2, "0");
    console.log(`${number}  ${sentence}`);
    await page.screenshot({ path: join(FOLDER, `${number}.png`) });
  };
}
