import { test as base, chromium, expect } from "@playwright/test";
import { Participant } from "@/e2e/participant";
import type { AppServer } from "@/e2e/support/app-server";
import { chromiumLaunchOptions } from "@/e2e/support/chromium";
import { watch } from "@/e2e/support/fixtures";
import { type Persona, paintPersona, recordMedia } from "@/e2e/support/persona";
import type { Home } from "./network/home";
import { Internet } from "./network/internet";

interface Fixtures {
  /** Where a test puts servers and homes; it is gone with the test. */
  internet: Internet;
  /** A person in a browser at home, not yet in the call. */
  open: (persona: Persona, home: Home, app: AppServer) => Promise<Participant>;
}

export const ROOM = "MAIN";

/** Playwright's test, with a network of its own for each test. */
export const test = base.extend<Fixtures>({
  internet: async ({}, use) => {
    const internet = new Internet();
    await use(internet);
    await internet.remove();
  },

  // It needs the internet to be there until every browser is gone.
  open: async ({ internet: _internet }, use) => {
    const misdeeds: string[] = [];
    const close: Array<() => Promise<void>> = [];
    await use(async (persona, home, app) => {
      const browser = await chromium.launch(chromiumLaunchOptions({ namespace: home.computer.name }));
      close.push(() => browser.close());
      const page = await browser.newPage({
        baseURL: app.url,
        permissions: ["camera", "microphone"],
        ignoreHTTPSErrors: true,
      });
      watch(page, { app, transport: "embedded", persona, misdeeds });
      await page.addInitScript(paintPersona, persona);
      await page.addInitScript(recordMedia);
      return new Participant(page, persona);
    });
    for (const closeBrowser of close) await closeBrowser();
    expect(misdeeds, "what the pages did").toEqual([]);
  },
});

export { expect };

/** Each sees and hears the other. */
export async function expectCall(one: Participant, other: Participant): Promise<void> {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    await from.expectSees(to);
    await from.expectHears(to);
  }
}
