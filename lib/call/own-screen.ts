import { AppError } from "@/lib/app-error";
import type { Credentials } from "@/lib/contracts/http";
import type { Uid } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";
import { backOffMs, wait } from "./back-off";
import { mayPassForMember } from "./may-pass";
import { type OwnersConnection, ScreenConnection, type ScreenListener } from "./screen-connection";

const BACK_OFF = { firstMs: 500, maxMs: 4000 };

/** A screen that is ended as soon as it is there. */
const NOBODY: ScreenListener = { onTokenRenewed: () => undefined, onLost: () => undefined };

/**
 * This member's screen at the server. One whose token was lost on its way here nobody could end, and it would be an empty tile
 * at everyone's: as soon as nothing is shared any more another one takes its place, and is ended.
 */
export class OwnScreen {
  readonly #owner: OwnersConnection;
  /** Asks the server for a token for a screen, which from then on is this member's. */
  readonly #request: () => Promise<Credentials>;
  #screen: ScreenConnection | undefined;
  /** What the server says is shared. */
  #sharedUid: Uid | null = null;
  /** Aborts when the person shares no more. */
  #sharing: AbortSignal | undefined;
  #isRequesting = false;
  #isClearing = false;

  constructor(owner: OwnersConnection, request: () => Promise<Credentials>) {
    this.#owner = owner;
    this.#request = request;
  }

  /**
   * Has the server know of a screen, in the place of one shared before.
   *
   * @param sharing aborts when the person shares no more
   * @throws {AppError}
   */
  async open(listener: ScreenListener, sharing: AbortSignal): Promise<ScreenConnection> {
    if (this.#sharing !== sharing) sharing.addEventListener("abort", () => void this.#clear(), { once: true });
    this.#sharing = sharing;
    this.#isRequesting = true;
    try {
      return await this.#take(listener);
    } finally {
      this.#isRequesting = false;
      void this.#clear();
    }
  }

  /** What the server says is this member's screen. */
  note(uid: Uid | null): void {
    this.#sharedUid = uid;
    this.#screen?.noteShared(uid);
    void this.#clear();
  }

  /** The member's connection is over. */
  lose(): void {
    this.#screen?.lose();
  }

  async #take(listener: ScreenListener): Promise<ScreenConnection> {
    const credentials = await this.#request();
    this.#screen?.lose();
    const screen = new ScreenConnection(credentials, this.#owner, listener);
    this.#screen = screen;
    // The stream's word of it may have been here before the answer.
    screen.noteShared(this.#sharedUid);
    return screen;
  }

  async #clear(): Promise<void> {
    if (this.#isClearing) return;
    this.#isClearing = true;
    const { signal } = this.#owner;
    for (let failures = 0; this.#isStray() && !signal.aborted; failures++) {
      try {
        (await this.#take(NOBODY)).end();
      } catch (error) {
        if (signal.aborted) break;
        logWarning("A screen that is shared no more could not be ended.", error);
        if (!(error instanceof AppError && mayPassForMember(error))) break;
        await wait(backOffMs(failures, BACK_OFF), signal);
      }
    }
    this.#isClearing = false;
  }

  /** Whether the server has a screen of this member's that nobody here knows, and nobody will soon take the place of. */
  #isStray(): boolean {
    if (this.#isRequesting || (this.#sharing && !this.#sharing.aborted)) return false;
    return this.#sharedUid !== null && this.#sharedUid !== this.#screen?.credentials.uid;
  }
}
