import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { RtcRole, RtcTokenBuilder } from "agora-token";
import { build } from "esbuild";
import { type AgoraDouble, startAgoraDouble } from "@/e2e/agora-double/agora-double";
import { agoraHostRules, newAgoraKeys } from "@/e2e/support/agora-network";
import { type AppServer, startAppServer } from "@/e2e/support/app-server";
import { chromiumLaunchOptions } from "@/e2e/support/chromium";
import type { ClientName } from "./page/client-under-test";
import type { AgoraToken, CutSignalling, JoinElsewhere, MendSignalling, Outcome } from "./page/control";

/** One client, and for ours which way its media takes. */
export interface Column {
  client: ClientName;
  topology: "direct" | "relay" | null;
}

/** The app's servers, one for each way of media, Agora's double, a browser that knows both, and one page for each client. */
export class Lab {
  readonly #apps: { readonly direct: AppServer; readonly relay: AppServer };
  readonly #double: AgoraDouble;
  readonly #browser: Browser;
  readonly #pages = new Map<string, Promise<Page>>();
  #rooms = 0;

  private constructor(apps: { direct: AppServer; relay: AppServer }, double: AgoraDouble, browser: Browser) {
    this.#apps = apps;
    this.#double = double;
    this.#browser = browser;
  }

  static async open(): Promise<Lab> {
    const double = await startAgoraDouble(newAgoraKeys());
    const start = (topology: string) =>
      startAppServer({ env: { RATE_LIMITS: "off", EMBEDDED_TOPOLOGY: topology, RELAY_PORT: "0" } });
    const apps = { direct: await start("direct"), relay: await start("relay") };
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
    return new Lab(apps, double, browser);
  }

  async versionOf(column: Column): Promise<string> {
    const page = await this.#pageOf(column);
    return page.evaluate(() => window.conformance.version);
  }

  /** Plays one scenario in a room of its own. After one that fails the next starts with a new page. */
  async play(column: Column, title: string): Promise<Outcome> {
    const page = await this.#pageOf(column);
    const room = `CONFORMANCE-${column.client.toUpperCase()}-${++this.#rooms}`;
    await this.#mendSignalling();
    try {
      return await page.evaluate(([name, place]) => window.conformance.run(name, place), [title, room] as const);
    } catch (error) {
      this.#pages.delete(keyOf(column));
      await page.context().close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#apps.direct.stop();
    await this.#apps.relay.stop();
    await this.#double.stop();
  }

  #pageOf(column: Column): Promise<Page> {
    const key = keyOf(column);
    const page = this.#pages.get(key) ?? this.#openPage(column);
    this.#pages.set(key, page);
    return page;
  }

  async #openPage(column: Column): Promise<Page> {
    const context: BrowserContext = await this.#browser.newContext({
      baseURL: this.#apps[column.topology ?? "direct"].url,
      permissions: ["camera", "microphone"],
      // The double's certificate is its own; and it is the client that is tested here, not the app's page.
      ignoreHTTPSErrors: true,
      bypassCSP: true,
    });
    const page = await context.newPage();
    const agoraToken: AgoraToken = async (claim) => this.#agoraToken(claim);
    await page.exposeFunction("agoraToken", agoraToken);
    const joinElsewhere: JoinElsewhere = async (seat) => {
      const elsewhere = await this.#openPage(column);
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
    await page.addScriptTag({ content: await bundle(column.client) });
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

function keyOf({ client, topology }: Column): string {
  return `${client} ${topology}`;
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
