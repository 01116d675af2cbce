import type { IAgoraRTCClient, NetworkQuality, UID } from "agora-rtc-react";
import type { CallStore } from "./call-store";
import type { LinkState, MediaState } from "./player";
import { PoorNetwork } from "./poor-network";

/** `NetworkQuality` of the SDK: 0 not known yet, 1 excellent to 5 very bad, 6 no connection at all. */
const QUALITY_DOWN = 6;

/** The client tells of grades every other second. Whoever is waited for is looked at more often: "Connecting…" must not lie over a picture. */
const LOOK_AGAIN_MS = 250;

/** Follows how well everyone's media gets here, and this person's to them, for the store. */
export class LinkWatch {
  readonly #client: IAgoraRTCClient;
  readonly #store: CallStore;
  readonly #change: (uid: UID, change: Partial<MediaState>) => void;
  readonly #reconnecting = new Set<UID>();
  readonly #poorNetwork = new PoorNetwork();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: IAgoraRTCClient, store: CallStore, change: (uid: UID, change: Partial<MediaState>) => void) {
    this.#client = client;
    this.#store = store;
    this.#change = change;
  }

  noteReconnecting(uid: UID, isReconnecting: boolean): void {
    if (isReconnecting) this.#reconnecting.add(uid);
    else this.#reconnecting.delete(uid);
    this.refresh();
  }

  /** Takes in the grades of one's own network. */
  noteOwnQuality({ uplinkNetworkQuality, downlinkNetworkQuality }: NetworkQuality): void {
    const { uid } = this.#client;
    if (uid !== undefined) this.#notePoorNetwork(uid, Math.max(uplinkNetworkQuality, downlinkNetworkQuality));
    this.refresh();
  }

  forget(uid: UID): void {
    this.#reconnecting.delete(uid);
    this.#poorNetwork.forget(uid);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** Reads the client's figures of everyone else. To be called at every change. */
  refresh(): void {
    clearTimeout(this.#timer);
    const qualities = this.#client.getRemoteNetworkQuality();
    const [audioStats, videoStats] = [this.#client.getRemoteAudioStats(), this.#client.getRemoteVideoStats()];
    const inCall = new Set<UID>(this.#client.remoteUsers.map((user) => user.uid));
    const { players, screens } = this.#store.getState();
    let isWaiting = false;
    for (const { uid, isLocal, link } of [...Object.values(players), ...Object.values(screens)]) {
      if (isLocal) continue;
      const grades = qualities[uid];
      const quality = grades && Math.max(grades.uplinkNetworkQuality, grades.downlinkNetworkQuality);
      const now = linkOf({
        quality,
        isReconnecting: this.#reconnecting.has(uid),
        isInCall: inCall.has(uid),
        isReceived: Boolean(audioStats[uid]?.receiveBytes || videoStats[uid]?.receiveBytes),
        wasUp: link === "up",
      });
      this.#change(uid, { link: now });
      isWaiting ||= now === "unknown" && inCall.has(uid);
      if (quality !== undefined) this.#notePoorNetwork(uid, quality);
    }
    if (isWaiting) this.#timer = setTimeout(() => this.refresh(), LOOK_AGAIN_MS);
  }

  #notePoorNetwork(uid: UID, grade: number): void {
    this.#change(uid, { hasPoorNetwork: this.#poorNetwork.note(uid, grade, performance.now()) });
  }
}

interface LinkFigures {
  /**
   * `undefined` where the client has no figures of them: Agora's has none of those from whom nothing is received, and
   * reaches everyone who is in the call.
   */
  quality: number | undefined;
  isReconnecting: boolean;
  isInCall: boolean;
  isReceived: boolean;
  wasUp: boolean;
}

/** A quality that is not known yet, as it may be for seconds on Agora, takes nothing back, and sound or picture is proof. */
function linkOf({ quality, isReconnecting, isInCall, isReceived, wasUp }: LinkFigures): LinkState {
  if (quality === QUALITY_DOWN) return "down";
  if (isReconnecting) return "reconnecting";
  if (!isInCall) return "unknown";
  return quality !== 0 || isReceived || wasUp ? "up" : "unknown";
}
