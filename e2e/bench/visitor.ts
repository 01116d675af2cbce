import { type BrowserContext, errors, type Page } from "@playwright/test";
import { openWindow } from "./browser";

/** Milliseconds since the epoch, with fractions: the one clock that two tabs have in common. */
type EpochMs = number;

interface FrameRecord {
  /** When something was clicked last. */
  clickedAt: EpochMs;
  /** When each video of another person showed its first frame, in the order of showing. */
  firstFrames: EpochMs[];
  /** Resolves when there are so many. */
  whenSeen(count: number): Promise<void>;
}

declare global {
  interface Window {
    readonly benchFrames: FrameRecord;
  }
}

/**
 * Runs in the page before any of its scripts: notes clicks, and the first frame of each video that is on a tile of another
 * person's.
 */
function noteFrames(): void {
  const waiting = new Set<() => void>();
  const record: FrameRecord = {
    clickedAt: 0,
    firstFrames: [],
    whenSeen: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (record.firstFrames.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
  Object.defineProperty(window, "benchFrames", { value: record });
  const nowMs = () => performance.timeOrigin + performance.now();
  const seen = new WeakSet<HTMLVideoElement>();
  const watch = (video: HTMLVideoElement) => {
    if (seen.has(video) || !video.closest("[data-testid=tile][data-local=false]")) return;
    seen.add(video);
    video.requestVideoFrameCallback(() => {
      record.firstFrames.push(nowMs());
      for (const look of waiting) look();
    });
  };
  window.addEventListener("click", () => (record.clickedAt = nowMs()), { capture: true });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node instanceof HTMLVideoElement) watch(node);
        else if (node instanceof Element) for (const video of node.querySelectorAll("video")) watch(video);
      }
    }
  }).observe(document, { childList: true, subtree: true });
}

/** A person's tab, from the page before joining on. */
export class Visitor {
  readonly page: Page;
  readonly name: string;

  constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
  }

  static async open(context: BrowserContext, name: string): Promise<Visitor> {
    const page = await openWindow(context);
    await page.addInitScript(noteFrames);
    return new Visitor(page, name);
  }

  /** Opens the room's page and looks at themselves: all that is left to do is the click. */
  async arrive(room: string): Promise<void> {
    await this.page.goto(`/room/${room}`);
    const name = this.page.getByRole("textbox", { name: "Name" });
    await name.clear();
    // Key by key, as a person does: the page takes it for a sign that they are about to join.
    await name.pressSequentially(this.name);
    await this.page.getByTestId("preview").locator("video").waitFor();
    await this.page.waitForFunction(() => {
      const video = document.querySelector<HTMLVideoElement>("[data-testid=preview] video");
      return video !== null && video.getVideoPlaybackQuality().totalVideoFrames > 5;
    });
  }

  async clickJoin(): Promise<void> {
    await this.page.getByRole("button", { name: "Join now" }).click();
  }

  async join(): Promise<void> {
    await this.clickJoin();
    await this.page.locator("[data-testid=connection][data-state=connected]").waitFor();
  }

  /** Waits until the call has brought all of its code, as it does when it has been up for some seconds: until it is at rest. */
  async rest(): Promise<void> {
    // Drawn by what comes last, where a button without its menu was before.
    await this.page.locator("button[aria-label=View][data-state=closed]").waitFor();
  }

  /**
   * Waits until so many others have been seen, and tells when each was seen first. Asked before the click, nothing is asked of
   * the page in the middle of what is measured.
   *
   * @throws {errors.TimeoutError} after `timeoutMs`
   */
  async firstFrames(count: number, timeoutMs = 30_000): Promise<EpochMs[]> {
    const seenAt = await this.page.evaluate(
      async ([others, patienceMs]) => {
        const { benchFrames } = window;
        await Promise.race([benchFrames.whenSeen(others), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
        return benchFrames.firstFrames;
      },
      [count, timeoutMs] as const,
    );
    if (seenAt.length < count) throw new errors.TimeoutError(`${this.name} saw ${seenAt.length} of ${count} others.`);
    return seenAt;
  }

  clickedAt(): Promise<EpochMs> {
    return this.page.evaluate(() => window.benchFrames.clickedAt);
  }

  async leave(): Promise<void> {
    await this.page.getByRole("toolbar", { name: "Call controls" }).getByRole("button", { name: "Leave" }).click();
    await this.page.getByRole("button", { name: "Join", exact: true }).waitFor();
  }
}
