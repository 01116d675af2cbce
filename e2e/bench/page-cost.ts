import { setTimeout as delay } from "node:timers/promises";
import type { BrowserContext, CDPSession, Page } from "@playwright/test";

const IDLE_MS = 2_000;
const MAX_WAIT_MS = 20_000;
const POLL_MS = 50;

/** What a page asked of the network. Bytes are those on the wire, headers with them. */
interface PageCost {
  scriptBytes: number;
  /** Scripts fetched ahead for another page, and not run by this one. */
  prefetchedBytes: number;
  requests: number;
  /** Other hosts than the page's own. */
  foreignHosts: string[];
}

interface Request {
  url: string;
  type: string;
  isPrefetch: boolean;
  bytes: number;
}

/** Counts what a page loads, by the browser's own word (Chrome DevTools Protocol, domain Network). */
export class NetworkCount {
  readonly #session: CDPSession;
  readonly #requests = new Map<string, Request>();
  #changedAtMs = Date.now();

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on("Network.requestWillBeSent", ({ requestId, request, type = "Other" }) => {
      this.#changedAtMs = Date.now();
      this.#requests.set(requestId, { url: request.url, type, isPrefetch: false, bytes: 0 });
    });
    session.on("Network.requestWillBeSentExtraInfo", ({ requestId, headers }) => {
      const request = this.#requests.get(requestId);
      const purpose = Object.entries(headers).find(([name]) => /^(sec-)?purpose$/i.test(name))?.[1] ?? "";
      if (request) request.isPrefetch = purpose.includes("prefetch");
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      this.#changedAtMs = Date.now();
      const request = this.#requests.get(requestId);
      if (request) request.bytes += encodedDataLength;
    });
    session.on("Network.loadingFailed", () => {
      this.#changedAtMs = Date.now();
    });
  }

  static async of(page: Page): Promise<NetworkCount> {
    const session = await page.context().newCDPSession(page);
    const count = new NetworkCount(session);
    await session.send("Network.enable");
    return count;
  }

  /** Waits until nothing has begun or ended for `IDLE_MS`; a stream that stays open is nothing. */
  async untilIdle(): Promise<void> {
    const deadlineMs = Date.now() + MAX_WAIT_MS;
    while (Date.now() - this.#changedAtMs < IDLE_MS) {
      if (Date.now() > deadlineMs) throw new Error(`The page is not idle after ${MAX_WAIT_MS} ms.`);
      await delay(POLL_MS);
    }
  }

  /** Waits for what begins once a page is idle, if anything does, and for its end. */
  async untilIdleAgain(): Promise<void> {
    await delay(IDLE_MS);
    await this.untilIdle();
  }

  /** Forgets what was counted so far. */
  reset(): void {
    this.#requests.clear();
  }

  costFor(host: string): PageCost {
    const requests = [...this.#requests.values()].filter(({ url }) => /^(https?|wss?):/.test(url));
    const scripts = requests.filter(({ type, url }) => type === "Script" || new URL(url).pathname.endsWith(".js"));
    const bytesOf = (some: Request[]) => some.reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      scriptBytes: bytesOf(scripts.filter(({ isPrefetch }) => !isPrefetch)),
      prefetchedBytes: bytesOf(scripts.filter(({ isPrefetch }) => isPrefetch)),
      requests: requests.length,
      foreignHosts: [...new Set(requests.map(({ url }) => new URL(url).host).filter((one) => one !== host))],
    };
  }

  close(): Promise<void> {
    return this.#session.detach();
  }
}

/** Opens a page that nobody has opened before, and counts until `load` and two seconds without a request. */
export async function measureColdPage(context: BrowserContext, url: string): Promise<PageCost> {
  const page = await context.newPage();
  const count = await NetworkCount.of(page);
  await page.goto(url, { waitUntil: "load" });
  await count.untilIdle();
  const cost = count.costFor(new URL(url).host);
  await page.close();
  return cost;
}
