import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import type { Layer } from "./downlink";
import type { MediaSession } from "./media-session";

export const MEDIA_KINDS = ["audio", "video"] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** Before its end a client is told, so that it can renew. */
const WARNING_SECONDS = 30;
const BANNED = 14;

export interface UserOptions {
  uid: number;
  channel: string;
  media: MediaSession;
  expiresAtSeconds: number;
  /** The stay is over: by a ban or a token's end. */
  onEnd: (user: User) => void;
}

/** One stay of one uid in a channel. It outlives its signalling connection, which may be cut and made anew. */
export class User {
  readonly uid: number;
  readonly channel: string;
  readonly media: MediaSession;
  readonly rejoinToken = randomUUID();
  readonly muted = new Set<MediaKind>();
  /** What is published, by its SSRC. */
  readonly ssrcs = new Map<MediaKind, number>();
  /** Which layer of another's picture is asked for, by uid; what is asked for lasts as long as the stay. */
  readonly layers = new Map<number, Layer>();
  defaultLayer: Layer = "high";
  /** What is taken of another when the downlink is weak, by uid. */
  readonly fallbacks = new Map<number, number>();
  isDownlinkWeak = false;
  renewals = 0;
  socket: WebSocket | undefined;
  /** Runs while the signalling connection is lost. */
  goneTimer: NodeJS.Timeout | undefined;
  readonly #onEnd: (user: User) => void;
  #tokenTimers: NodeJS.Timeout[] = [];

  constructor(options: UserOptions) {
    this.uid = options.uid;
    this.channel = options.channel;
    this.media = options.media;
    this.#onEnd = options.onEnd;
    this.#watchToken(options.expiresAtSeconds);
  }

  say(type: string, message: object): void {
    if (this.socket?.readyState === this.socket?.OPEN) {
      this.socket?.send(JSON.stringify({ _type: type, _message: message }));
    }
  }

  /** Tells another of this one, and of what it publishes. */
  introduceTo(other: User): void {
    other.say("on_user_online", { uid: this.uid, uint_id: this.uid });
    for (const kind of MEDIA_KINDS) {
      if (!this.ssrcs.has(kind)) continue;
      other.say(...this.announcement(kind));
      if (this.muted.has(kind)) other.say(`mute_${kind}`, { uid: this.uid });
    }
  }

  announcement(kind: MediaKind): [type: string, message: object] {
    const { uid } = this;
    return [
      `on_add_${kind}_stream`,
      { uid, uint_id: uid, ssrcId: this.ssrcs.get(kind), cname: `user-${uid}`, [kind]: true },
    ];
  }

  /** As `rejoin_v3` tells one who is back of the others. */
  get asPeer(): object {
    const of = (kind: MediaKind) => ({
      [kind]: this.ssrcs.has(kind),
      [`${kind}_ssrc`]: this.ssrcs.get(kind),
      [`${kind}_mute`]: this.muted.has(kind),
      [`${kind}_enable_local`]: true,
    });
    return { uid: this.uid, uint_id: this.uid, ...of("audio"), ...of("video") };
  }

  renew(expiresAtSeconds: number): void {
    this.renewals++;
    this.#watchToken(expiresAtSeconds);
  }

  expire(): void {
    this.say("on_token_privilege_did_expire", {});
    this.#end();
  }

  ban(): void {
    this.say("on_user_banned", { error_code: BANNED });
    this.#end();
  }

  /** The stay is over. The connection stands until the client hangs up, as it does when it has left or is put out. */
  dispose(): void {
    for (const timer of [...this.#tokenTimers, this.goneTimer]) clearTimeout(timer);
    this.socket = undefined;
  }

  #end(): void {
    this.#onEnd(this);
  }

  #watchToken(expiresAtSeconds: number): void {
    for (const timer of this.#tokenTimers) clearTimeout(timer);
    const remainingMs = expiresAtSeconds * 1000 - Date.now();
    const warn = () => this.say("on_token_privilege_will_expire", {});
    this.#tokenTimers = [
      setTimeout(warn, Math.max(0, remainingMs - WARNING_SECONDS * 1000)),
      setTimeout(() => this.expire(), remainingMs),
    ];
  }
}
