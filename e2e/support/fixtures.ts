import { type Browser, test as base, chromium, expect, type Page } from "@playwright/test";
import { Participant } from "@/e2e/participant";
import { type AppServer, startAppServer } from "./app-server";
import { chromiumLaunchOptions, type Machine } from "./chromium";
import { type Persona, paintPersona, recordMedia } from "./persona";

interface OpenOptions extends Machine {
  /** The browser's own fake devices instead of a painted picture and a tone. */
  isRaw?: boolean;
  isPhone?: boolean;
  /** Another server than the tests' own. */
  at?: AppServer;
  /** Runs in the page before any of its scripts. */
  prepare?: (page: Page) => Promise<void>;
}

interface Fixtures {
  /** A room of the test's own. */
  room: string;
  /** A person in a browser context of their own, not yet in the call. */
  open: (persona: Persona, options?: OpenOptions) => Promise<Participant>;
  /** What pages did that no page may do: CSP violations, requests to other hosts, uncaught errors. */
  misdeeds: string[];
}

interface WorkerFixtures {
  app: AppServer;
  /** Browsers by how they are started; devices and permissions are a browser's, not a context's. */
  browsers: (options: Machine) => Promise<Browser>;
}

let rooms = 0;

/** Playwright's test, with people in it. Every page fails its test by a CSP violation or a request to another host. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  app: [
    async ({}, use) => {
      const app = await startAppServer();
      await use(app);
      await app.stop();
    },
    { scope: "worker" },
  ],

  browsers: [
    async ({}, use) => {
      const started = new Map<string, Promise<Browser>>();
      await use((options) => {
        const key = JSON.stringify(options);
        const browser = started.get(key) ?? chromium.launch(chromiumLaunchOptions(options));
        started.set(key, browser);
        return browser;
      });
      for (const browser of started.values()) await (await browser).close();
    },
    { scope: "worker" },
  ],

  room: ({ app }, use) => use(`TEST-${app.port}-${++rooms}`),

  misdeeds: [
    async ({ app }, use) => {
      const misdeeds: string[] = [];
      await use(misdeeds);
      expect(misdeeds, `what pages of ${app.url} did`).toEqual([]);
    },
    { auto: true },
  ],

  open: async ({ app, browsers, misdeeds }, use) => {
    const close: Array<() => Promise<void>> = [];
    await use(async (persona, { isRaw, isPhone, at = app, prepare, ...launch } = {}) => {
      const browser = await browsers(launch);
      const context = await browser.newContext({
        baseURL: at.url,
        permissions:
          launch.permission === "denied" ? [] : ["camera", "microphone", "clipboard-read", "clipboard-write"],
        viewport: isPhone ? { width: 390, height: 844 } : { width: 1280, height: 760 },
        hasTouch: isPhone ?? false,
        isMobile: isPhone ?? false,
      });
      close.push(() => context.close());
      const page = await context.newPage();
      watch(page, at, persona, misdeeds);
      if (!isRaw) await page.addInitScript(paintPersona, persona);
      await page.addInitScript(recordMedia);
      if (prepare) await prepare(page);
      return new Participant(page, persona);
    });
    for (const closeContext of close) await closeContext();
  },
});

export { expect };

function watch(page: Page, app: AppServer, persona: Persona, misdeeds: string[]): void {
  page.on("pageerror", (error) => misdeeds.push(`${persona.name}: uncaught ${error.message}`));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) misdeeds.push(`${persona.name}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOurs = url.origin === app.url || url.protocol === "data:" || url.protocol === "blob:";
    if (!isOurs) misdeeds.push(`${persona.name}: asked ${url.origin}`);
  });
}
