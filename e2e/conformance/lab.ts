import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { RtcRole, RtcTokenBuilder } from "agora-token";
import { build } from "esbuild";
import { type AgoraDouble, startAgoraDouble } from "@/e2e/agora-double/agora-double";
import { agoraHostRules, newAgoraKeys } from "@/e2e/support/agora-network";
import { type AppServer, startAppServer } from "@/e2e/support/app-server";
import { chromiumLaunchOptions } from "@/e2e/support/chromium";
import type { ClientName } from "./page/client-under-test";
import type { AgoraToken, CutSignalling, JoinElsewhere, MendSignalling, Outcome } from "./page/control";

/** The app's server, Agora's double, a browser that knows both, and one page for each client. */
export class Lab {
  readonly #app: AppServer;
  readonly #double: AgoraDouble;
  readonly #browser: Browser;
  readonly #pages = new Map<ClientName, Promise<Page>>();
  #rooms = 0;

  private constructor(app: AppServer, double: AgoraDouble, browser: Browser) {
    this.#app = app;
    this.#double = double;
    this.#browser = browser;
  }

  static async open(): Promise<Lab> {
    const double = await startAgoraDouble(newAgoraKeys());
    const app = await startAppServer({ env: { RATE_LIMITS: "off" } });
    const { args, ...launch } = chromiumLaunchOptions({ devices: "none", hostRules: agoraHostRules(double) });
    const browser = await chromium.launch({
      ...launch,
      args: [
        ...args,
        "--use-fake-device-for-media-stream=device-count=2",
        // There is nobody to click before a tone is measured.
        "--autoplay-policy=no-user-gesture-required",
      ],
    });
    return new Lab(app, double, browser);
  }

  async versionOf(client: ClientName): Promise<string> {
    const page = await this.#pageOf(client);
    return page.evaluate(() => window.conformance.version);
  }

  /** Plays one scenario in a room of its own. After one that fails the next starts with a new page. */
  async play(client: ClientName, title: string): Promise<Outcome> {
    const page = await this.#pageOf(client);
    const room = `CONFORMANCE-${client.toUpperCase()}-${++this.#rooms}`;
    await this.#mendSignalling();
    try {
      return await page.evaluate(([name, place]) => window.conformance.run(name, place), [title, room] as const);
    } catch (error) {
      this.#pages.delete(client);
      await page.context().close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#app.stop();
    await this.#double.stop();
  }

  #pageOf(client: ClientName): Promise<Page> {
    const page = this.#pages.get(client) ?? this.#openPage(client);
    this.#pages.set(client, page);
    return page;
  }

  async #openPage(client: ClientName): Promise<Page> {
    const context: BrowserContext = await this.#browser.newContext({
      baseURL: this.#app.url,
      permissions: ["camera", "microphone"],
      // The double's certificate is its own; and it is the client that is tested here, not the app's page.
      ignoreHTTPSErrors: true,
      bypassCSP: true,
    });
    const page = await context.newPage();
    const agoraToken: AgoraToken = async (claim) => this.#agoraToken(claim);
    await page.exposeFunction("agoraToken", agoraToken);
    const joinElsewhere: JoinElsewhere = async (seat) => {
      const elsewhere = await this.#openPage(client);
      await elsewhere.evaluate((claim) => window.conformance.join(claim), seat);
      page.once("close", () => void elsewhere.context().close());
    };
    await page.exposeFunction("joinElsewhere", joinElsewhere);
    const cutSignalling: CutSignalling = async (uid) => {
      this.#double.orders.isSignallingDown = true;
      this.#double.cutSignalling(uid);
    };
    await page.exposeFunction("cutSignalling", cutSignalling);
    await page.exposeFunction("mendSignalling", this.#mendSignalling);
    await page.goto("/api/health");
    await page.addScriptTag({ content: await bundle(client) });
    return page;
  }

  /** An arrow function, since pages call it. */
  readonly #mendSignalling: MendSignalling = async () => {
    this.#double.orders.isSignallingDown = false;
  };

  #agoraToken({ room, uid, expiresInSeconds }: Parameters<AgoraToken>[0]): Awaited<ReturnType<AgoraToken>> {
    const { appId, certificate } = this.#double.keys;
    const token = RtcTokenBuilder.buildTokenWithUid(
      appId,
      certificate,
      room,
      uid,
      RtcRole.PUBLISHER,
      expiresInSeconds,
      expiresInSeconds,
    );
    return { appId, token };
  }
}

/** A client with everything that plays scenarios with it, as one script. */
async function bundle(client: ClientName): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`e2e/conformance/page/${client}.ts`],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild made nothing of ${client}.`);
  return file.text;
}
