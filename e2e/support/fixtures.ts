import { type Browser, test as base, chromium, expect, type Page } from "@playwright/test";
import { type AgoraDouble, startAgoraDouble } from "@/e2e/agora-double/agora-double";
import { newOrders } from "@/e2e/agora-double/orders";
import { Participant } from "@/e2e/participant";
import type { Transport } from "@/lib/contracts/http";
import type { Topology } from "@/lib/contracts/relay";
import { agoraHostRules, agoraSettings, isAgoraHost, newAgoraKeys } from "./agora-network";
import { type AppServer, type AppServerOptions, startAppServer } from "./app-server";
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
  /** The double, for tests of Agora alone; what it was told to do counts for one test. */
  agora: AgoraDouble;
  /** What pages did that no page may do: CSP violations, requests to other hosts, uncaught errors. */
  misdeeds: string[];
}

interface WorkerFixtures {
  /** Set by the project: what carries sound and picture. */
  transport: Transport;
  /** Set by the project: which way they take without Agora. */
  topology: Topology;
  /** Agora's network as far as these tests have one; `null` on `embedded`, which needs none. */
  double: AgoraDouble | null;
  /** The built app, set up for the project's transport. */
  startApp: (options?: AppServerOptions) => Promise<AppServer>;
  app: AppServer;
  /** Browsers by how they are started; devices and permissions are a browser's, not a context's. */
  browsers: (options: Machine) => Promise<Browser>;
}

let rooms = 0;

/** Playwright's test, with people in it. Every page fails its test by a CSP violation or a request to another host. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  transport: ["embedded", { option: true, scope: "worker" }],
  topology: ["auto", { option: true, scope: "worker" }],

  double: [
    async ({ transport }, use) => {
      const double = transport === "agora" ? await startAgoraDouble(newAgoraKeys()) : null;
      await use(double);
      await double?.stop();
    },
    { scope: "worker" },
  ],

  startApp: [
    ({ double, topology }, use) =>
      use((options) => {
        // A port of its own: 3478 may be in use.
        const ways = { EMBEDDED_TOPOLOGY: topology, RELAY_PORT: "0" };
        const env = { ...(double ? agoraSettings(double) : ways), ...options?.env };
        return startAppServer({ ...options, env });
      }),
    { scope: "worker" },
  ],

  app: [
    async ({ startApp }, use) => {
      const app = await startApp();
      await use(app);
      await app.stop();
    },
    { scope: "worker" },
  ],

  browsers: [
    async ({ double }, use) => {
      const started = new Map<string, Promise<Browser>>();
      await use((machine) => {
        const hostRules = [double && agoraHostRules(double), machine.hostRules].filter(Boolean).join(",");
        const options = { ...machine, ...(hostRules ? { hostRules } : {}) };
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

  agora: async ({ double }, use) => {
    if (!double) throw new Error("There is no Agora on this transport: the test's block says onlyOn.");
    await use(double);
    Object.assign(double.orders, newOrders());
  },

  misdeeds: [
    async ({ app }, use) => {
      const misdeeds: string[] = [];
      await use(misdeeds);
      expect(misdeeds, `what pages of ${app.url} did`).toEqual([]);
    },
    { auto: true },
  ],

  open: async ({ app, browsers, misdeeds, transport }, use) => {
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
        // The double's certificate is its own, and so is that of `npm run start:https`.
        ignoreHTTPSErrors: transport === "agora" || at.url.startsWith("https:"),
      });
      close.push(() => context.close());
      const page = await context.newPage();
      watch(page, { app: at, transport, persona, misdeeds });
      if (!isRaw) await page.addInitScript(paintPersona, persona);
      await page.addInitScript(recordMedia);
      if (prepare) await prepare(page);
      return new Participant(page, persona);
    });
    for (const closeContext of close) await closeContext();
  },
});

export { expect };

/**
 * For a describe block of tests that make sense on one transport only: they are reported as skipped, with the reason, on
 * the other.
 */
export function onlyOn(only: Transport, reason: string): void {
  test.skip(({ transport }) => transport !== only, `${only} only: ${reason}`);
}

interface Watched {
  app: AppServer;
  transport: Transport;
  persona: Persona;
  misdeeds: string[];
}

export function watch(page: Page, { app, transport, persona, misdeeds }: Watched): void {
  const note = (address: string) => {
    const url = new URL(address);
    const isOurs = url.origin === app.url || url.protocol === "data:" || url.protocol === "blob:";
    if (isOurs || (transport === "agora" && isAgoraHost(url.hostname))) return;
    misdeeds.push(`${persona.name}: asked ${url.origin}`);
  };
  page.on("pageerror", (error) => misdeeds.push(`${persona.name}: uncaught ${error.message}`));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) misdeeds.push(`${persona.name}: ${message.text()}`);
  });
  page.on("request", (request) => note(request.url()));
  page.on("websocket", (socket) => note(socket.url()));
}
