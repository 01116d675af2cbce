import type { IAgoraRTCClient, IAgoraRTCRemoteUser, UID } from "agora-rtc-react";
import type { Uid } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";
import { backOffMs, wait } from "./back-off";
import type { DrawnPictures } from "./drawn-pictures";
import { PictureFitting } from "./picture-fitting";

const BACK_OFF = { firstMs: 500, maxMs: 5000 };

/** A tile that is gone for a moment, as when the layout changes, costs no new subscription. */
const UNDRAWN_MS = 3000;

const KINDS = ["audio", "video"] as const;
type Kind = (typeof KINDS)[number];

/**
 * Keeps subscribed to the sound of everyone who is wanted, and to the pictures of those who are drawn, in the size in which
 * they are; and to nothing of anyone else. A subscription that failed is tried again for as long as there is something to
 * subscribe to.
 */
export class Subscriptions {
  readonly #client: IAgoraRTCClient;
  readonly #pictures: DrawnPictures;
  readonly #isWanted: (uid: UID) => boolean;
  readonly #isForeseen: (uid: UID) => boolean;
  /** Those whose picture was drawn once, or was to be. */
  readonly #seen = new Set<UID>();
  readonly #onChange: (user: IAgoraRTCRemoteUser) => void;
  readonly #fitting: PictureFitting;
  readonly #running = new Set<string>();
  readonly #published = new Set<string>();
  readonly #goingTimers = new Map<Uid, ReturnType<typeof setTimeout>>();
  readonly #disposal = new AbortController();
  readonly #stopListening: () => void;

  constructor(options: {
    client: IAgoraRTCClient;
    pictures: DrawnPictures;
    /** Who is on the roster, and the screens that they share. */
    isWanted: (uid: UID) => boolean;
    /** Whose picture is about to be drawn for the first time: it is received already then. Nobody's, unless it is said. */
    isForeseen?: (uid: UID) => boolean;
    onChange: (user: IAgoraRTCRemoteUser) => void;
  }) {
    this.#client = options.client;
    this.#pictures = options.pictures;
    this.#isWanted = options.isWanted;
    this.#isForeseen = options.isForeseen ?? (() => false);
    this.#onChange = options.onChange;
    this.#fitting = new PictureFitting(options.client, options.pictures);
    this.#stopListening = options.pictures.listen((uid) => this.#onDrawn(uid));
  }

  /** Compares what there is with what is subscribed. Cheap; to be called at every change. */
  sync(): void {
    for (const { uid } of this.#client.remoteUsers) {
      for (const kind of KINDS) {
        if (this.#wants(uid, kind)) void this.#subscribe(uid, kind);
      }
      if (!this.#isWanted(uid)) void this.#drop(uid);
    }
  }

  /** They are in the room no more. On Agora someone who was removed may go on sending until their token is over. */
  async #drop(uid: UID): Promise<void> {
    const key = keyOf(uid, "dropped");
    const isSubscribed = () => Boolean(this.#user(uid)?.audioTrack ?? this.#user(uid)?.videoTrack);
    if (this.#running.has(key) || !isSubscribed()) return;
    this.#running.add(key);
    try {
      await this.#client.unsubscribe(uid);
    } catch (error) {
      // Gone meanwhile.
      if (isSubscribed()) logWarning(`The media of ${uid}, who is gone, could not be unsubscribed.`, error);
    }
    this.#running.delete(key);
    // Back meanwhile.
    if (this.#isWanted(uid)) this.sync();
  }

  /**
   * Someone has published: to be called at each `user-published`. Agora's client may still have the track of the
   * publication before, which it drops a moment later without a word.
   */
  notePublished(uid: UID, kind: Kind): void {
    this.#published.add(keyOf(uid, kind));
    if (this.#wants(uid, kind)) void this.#subscribe(uid, kind);
  }

  dispose(): void {
    this.#disposal.abort();
    this.#stopListening();
    for (const timer of this.#goingTimers.values()) clearTimeout(timer);
  }

  #user(uid: UID): IAgoraRTCRemoteUser | undefined {
    return this.#client.remoteUsers.find((user) => user.uid === uid);
  }

  #wants(uid: UID, kind: Kind): boolean {
    const user = this.#user(uid);
    if (!user || !this.#isWanted(uid) || this.#disposal.signal.aborted) return false;
    const isNew = this.#published.has(keyOf(uid, kind));
    if (kind === "audio") return user.hasAudio && (isNew || !user.audioTrack);
    return user.hasVideo && (isNew || !user.videoTrack) && this.#isDrawnOrForeseen(uid);
  }

  #isDrawnOrForeseen(uid: UID): boolean {
    return this.#pictures.heightOf(uid as Uid) !== undefined || (!this.#seen.has(uid) && this.#isForeseen(uid));
  }

  async #subscribe(uid: UID, kind: Kind): Promise<void> {
    const key = keyOf(uid, kind);
    if (this.#running.has(key)) return;
    this.#running.add(key);
    for (let failures = 0; this.#wants(uid, kind); ) {
      try {
        this.#published.delete(key);
        await this.#client.subscribe(uid, kind);
        if (kind === "video") this.#beginPicture(uid as Uid);
        this.#tell(uid);
        if (!this.#published.has(key)) break;
      } catch (error) {
        // Unpublished, or gone, while it was being subscribed: the loop's condition tells.
        if (this.#wants(uid, kind)) logWarning(`The ${kind} of ${uid} could not be subscribed.`, error);
        this.#published.add(key);
        await wait(backOffMs(failures++, BACK_OFF), this.#disposal.signal);
      }
    }
    this.#running.delete(key);
  }

  #beginPicture(uid: Uid): void {
    this.#seen.add(uid);
    this.#fitting.begin(uid);
    // It was foreseen: if nothing comes of it, it goes again.
    if (this.#pictures.heightOf(uid) === undefined) this.#dropLater(uid);
  }

  #onDrawn(uid: Uid): void {
    clearTimeout(this.#goingTimers.get(uid));
    this.#goingTimers.delete(uid);
    if (this.#pictures.heightOf(uid) === undefined) {
      this.#dropLater(uid);
      return;
    }
    this.#fitting.fit(uid);
    this.sync();
  }

  #dropLater(uid: Uid): void {
    clearTimeout(this.#goingTimers.get(uid));
    this.#goingTimers.set(
      uid,
      setTimeout(() => void this.#unsubscribePicture(uid), UNDRAWN_MS),
    );
  }

  async #unsubscribePicture(uid: Uid): Promise<void> {
    this.#goingTimers.delete(uid);
    if (!this.#user(uid)?.videoTrack) return;
    try {
      await this.#client.unsubscribe(uid, "video");
      this.#tell(uid);
      // Drawn again meanwhile.
      this.sync();
    } catch (error) {
      // Gone meanwhile, or not subscribed any more.
      if (this.#user(uid)?.videoTrack) logWarning(`The picture of ${uid} could not be unsubscribed.`, error);
    }
  }

  #tell(uid: UID): void {
    const user = this.#user(uid);
    if (user && !this.#disposal.signal.aborted) this.#onChange(user);
  }
}

function keyOf(uid: UID, kind: Kind | "dropped"): string {
  return `${kind} ${uid}`;
}
