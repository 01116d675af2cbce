import type { IAgoraRTCClient, IAgoraRTCRemoteUser, UID } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import { backOffMs, wait } from "./back-off";

const BACK_OFF = { firstMs: 500, maxMs: 5000 };
const KINDS = ["audio", "video"] as const;
type Kind = (typeof KINDS)[number];

/**
 * Keeps subscribed to what everyone on the roster publishes, and to nothing of anyone else. A subscription that failed
 * is tried again for as long as there is something to subscribe to.
 */
export class Subscriptions {
  readonly #client: IAgoraRTCClient;
  readonly #isMember: (uid: UID) => boolean;
  readonly #onChange: (user: IAgoraRTCRemoteUser) => void;
  readonly #running = new Set<string>();
  readonly #disposal = new AbortController();

  constructor(client: IAgoraRTCClient, isMember: (uid: UID) => boolean, onChange: (user: IAgoraRTCRemoteUser) => void) {
    this.#client = client;
    this.#isMember = isMember;
    this.#onChange = onChange;
  }

  /** Compares what there is with what is subscribed. Cheap; to be called at every change. */
  sync(): void {
    for (const { uid } of this.#client.remoteUsers) {
      for (const kind of KINDS) {
        if (this.#wants(uid, kind)) void this.#subscribe(uid, kind);
      }
    }
  }

  dispose(): void {
    this.#disposal.abort();
  }

  #user(uid: UID): IAgoraRTCRemoteUser | undefined {
    return this.#client.remoteUsers.find((user) => user.uid === uid);
  }

  #wants(uid: UID, kind: Kind): boolean {
    const user = this.#user(uid);
    if (!user || !this.#isMember(uid) || this.#disposal.signal.aborted) return false;
    return kind === "audio" ? user.hasAudio && !user.audioTrack : user.hasVideo && !user.videoTrack;
  }

  async #subscribe(uid: UID, kind: Kind): Promise<void> {
    const key = `${kind} ${uid}`;
    if (this.#running.has(key)) return;
    this.#running.add(key);
    for (let failures = 0; this.#wants(uid, kind); ) {
      try {
        await this.#client.subscribe(uid, kind);
        const user = this.#user(uid);
        if (user && !this.#disposal.signal.aborted) this.#onChange(user);
        break;
      } catch (error) {
        // Unpublished, or gone, while it was being subscribed: the loop's condition tells.
        if (this.#wants(uid, kind)) logWarning(`The ${kind} of ${uid} could not be subscribed.`, error);
        await wait(backOffMs(failures++, BACK_OFF), this.#disposal.signal);
      }
    }
    this.#running.delete(key);
  }
}
