import type { IAgoraRTCClient, ILocalVideoTrack } from "agora-rtc-react";
import { AppError } from "@/lib/app-error";
import type { RtcToken } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";
import { ScreenCapture } from "@/lib/media/screen-capture";
import { screenProblemOf } from "@/lib/media/screen-problem";
import { createScreenClient } from "@/lib/rtc/create-rtc-client";
import { backOffMs, wait } from "./back-off";
import { mayPassForMember } from "./may-pass";
import type { RoomConnection } from "./room-connection";
import type { ScreenConnection } from "./screen-connection";
import { NOT_SHARING, type ShareState } from "./share-state";

const BACK_OFF = { firstMs: 500, maxMs: 4000 };

/** A share that was refused so often in a row is given up: each try shows for a moment as a tile at everyone's. */
const MAX_REFUSALS = 2;

/** A share that has reached the room. */
interface Outlet {
  connection: ScreenConnection;
  client: IAgoraRTCClient;
  /** Resolves when the room has lost it. */
  lost: Promise<void>;
}

/**
 * This person's screen in the call: what is captured, and the second client that publishes it. A share lasts until the person
 * ends it, here or by the browser's own button; where the room loses it meanwhile it is brought there anew.
 */
export class ScreenShare {
  readonly #connection: () => Pick<RoomConnection, "openScreen">;
  readonly #onChange: (state: ShareState) => void;
  #sharing: AbortController | undefined;
  #capture: ScreenCapture | undefined;
  #state = NOT_SHARING;
  #isDisposed = false;

  constructor(connection: () => Pick<RoomConnection, "openScreen">, onChange: (state: ShareState) => void) {
    this.#connection = connection;
    this.#onChange = onChange;
  }

  /** What is captured, for this person's own tile. */
  get video(): ILocalVideoTrack | undefined {
    return this.#capture?.video;
  }

  get hasSound(): boolean {
    return Boolean(this.#capture?.audio);
  }

  /** Never rejects: what went wrong is in the state. */
  async toggle(): Promise<void> {
    if (this.#sharing) this.stop();
    else await this.#start();
  }

  /** Ends the share, or the question what to share. */
  stop(): void {
    this.#sharing?.abort();
    this.#sharing = undefined;
    this.#capture?.close();
    this.#capture = undefined;
    this.#set(NOT_SHARING);
  }

  /** The person has read why nothing is shared. */
  acceptProblem(): void {
    if (!this.#sharing) this.#set(NOT_SHARING);
  }

  dispose(): void {
    this.stop();
    this.#isDisposed = true;
  }

  async #start(): Promise<void> {
    const sharing = new AbortController();
    const { signal } = sharing;
    this.#sharing = sharing;
    this.#set({ ...NOT_SHARING, status: "choosing" });
    let capture: ScreenCapture;
    try {
      capture = await ScreenCapture.ask();
    } catch (error) {
      if (signal.aborted) return;
      this.#sharing = undefined;
      const problem = screenProblemOf(error);
      if (problem) logWarning("The screen could not be captured.", error);
      this.#set({ ...NOT_SHARING, problem });
      return;
    }
    if (signal.aborted) {
      capture.close();
      return;
    }
    this.#capture = capture;
    capture.onEnded(() => {
      if (!signal.aborted) this.stop();
    });
    capture.onSurfaceChange((isWholeScreen) => {
      if (!signal.aborted) this.#set({ ...this.#state, isWholeScreen });
    });
    await this.#keepInRoom(capture, signal);
  }

  async #keepInRoom(capture: ScreenCapture, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      this.#set({ status: "connecting", problem: null, isWholeScreen: capture.isWholeScreen });
      let outlet: Outlet;
      try {
        outlet = await this.#publish(capture, signal);
      } catch (error) {
        if (signal.aborted) return;
        logWarning("The screen did not reach the room.", error);
        // The server may be away for long. What the client itself refuses it will refuse again.
        if (!mayPassForMember(error) && failures >= MAX_REFUSALS) {
          this.stop();
          this.#set({ ...NOT_SHARING, problem: "failed" });
          return;
        }
        await wait(pauseMs(error) ?? backOffMs(failures++, BACK_OFF), signal);
        continue;
      }
      failures = 0;
      if (!signal.aborted) this.#set({ status: "on", problem: null, isWholeScreen: capture.isWholeScreen });
      await Promise.race([outlet.lost, aborted(signal)]);
      await close(outlet);
    }
  }

  async #publish(capture: ScreenCapture, signal: AbortSignal): Promise<Outlet> {
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    let client: IAgoraRTCClient | undefined;
    const listener = {
      onLost: lose,
      onTokenRenewed: (token: RtcToken) => {
        client?.renewToken(token).catch((error: unknown) => {
          logWarning("The screen's client did not take the token.", error);
        });
      },
    };
    const connection = await this.#connection().openScreen(listener, signal);
    const { transport, appId, room, token, uid } = connection.credentials;
    client = createScreenClient({ transport, signalling: connection });
    client.on("connection-state-change", (state) => {
      if (state === "DISCONNECTED") lose();
    });
    try {
      signal.throwIfAborted();
      await client.join(appId, room, token, uid);
      signal.throwIfAborted();
      await client.publish(capture.tracks);
      return { connection, client, lost };
    } catch (error) {
      await close({ connection, client });
      throw error;
    }
  }

  #set(state: ShareState): void {
    this.#state = state;
    if (!this.#isDisposed) this.#onChange(state);
  }
}

/** The others are told first: then their tiles go at once. */
async function close({ connection, client }: Pick<Outlet, "connection" | "client">): Promise<void> {
  connection.end();
  await client.leave();
}

/** How long the server asks to wait. */
function pauseMs(error: unknown): number | undefined {
  const seconds = error instanceof AppError ? error.retryAfterSeconds : undefined;
  return seconds === undefined ? undefined : seconds * 1000;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
