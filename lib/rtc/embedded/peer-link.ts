import { logWarning } from "@/lib/log";
import type { LocalMedia } from "./local-media";
import { Negotiation } from "./negotiation";
import { type CandidateType, candidateType } from "./obstacle";
import { MEDIA_KINDS, type MediaKind, type MediaTerms, type PeerSignal } from "./peer-signal";
import { receivesMedia } from "./peering";
import { rtcError } from "./rtc-errors";
import type { Peer } from "./signalling";
import type { Timings } from "./timings";
import { type PictureLimits, tuneVideoSender } from "./video-encoding";

const NOTHING_SENT: MediaTerms["sends"] = { audio: "off", video: "off" };

/** `connecting`: never up yet. `down`: was up, is not. */
export type LinkState = "connecting" | "up" | "down";

/** What all links of a client have in common. */
export interface LinkContext {
  readonly self: Peer;
  readonly timings: Timings;
  readonly localMedia: LocalMedia;
  /** How many share this page's uplink and processor. */
  readonly receiverCount: () => number;
  /** The small picture that those get who want no more; `undefined` where there is none to give. */
  readonly lowStream: () => PictureLimits | undefined;
  /** Whether a small picture of this person is enough here. */
  readonly wantsLowVideo: (uid: number) => boolean;
  readonly isSignallingUp: () => boolean;
  readonly createConnection: () => RTCPeerConnection;
  readonly iceServers: () => RTCIceServer[];
  readonly send: (to: Peer, signal: PeerSignal) => void;
}

export interface LinkHandlers {
  /** The other's client said what it sends. The first of these is how one learns that it is in the call. */
  onMedia(sends: MediaTerms["sends"]): void;
  /** What is received now comes over another connection: tracks of the old one are dead. */
  onReplaced(): void;
  onStateChange(state: LinkState, previous: LinkState): void;
}

/**
 * The way to one other page: one connection at a time, replaced when it is beyond repair or when the other has replaced
 * theirs.
 *
 * Each connection has an id of its own and each signal says from which and to which it is. One that is for an earlier
 * connection of mine is dropped. One from a newer connection of theirs (signals come in the order in which they were
 * sent, so what is not the old one is newer) takes this link over: mine is kept if it has not applied anything of the
 * old one, else replaced. Whoever makes a connection on its own account offers, whoever makes one in reply waits
 * `passiveWaitMs` for that offer first; so a replacement is answered and not replaced in turn.
 */
export class PeerLink {
  readonly peer: Peer;
  readonly #context: LinkContext;
  readonly #handlers: LinkHandlers;
  #negotiation: Negotiation;
  #theirs: string | null = null;
  #wants: { audio: boolean; video: boolean };
  #wantedOfMe: MediaTerms["wants"] = { audio: true, video: true };
  #state: LinkState = "connecting";
  /** The kinds of addresses that this page has found for itself since the link was last up. */
  readonly #found = new Set<CandidateType>();
  /** Since when the link has not been up, by `performance.now()`. */
  #downSince = performance.now();
  #pulse = -1;
  #pulseAtMs = 0;
  #restartedAtMs = Number.NEGATIVE_INFINITY;
  #attempt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #isBroken = false;
  #isClosed = false;
  #attaching: Promise<void> = Promise.resolve();
  #waiters: { resolve: () => void; reject: (reason: unknown) => void }[] = [];

  constructor(peer: Peer, context: LinkContext, handlers: LinkHandlers) {
    this.peer = peer;
    this.#context = context;
    this.#handlers = handlers;
    const isReceiver = receivesMedia(context.self);
    this.#wants = { audio: isReceiver, video: isReceiver };
    this.#negotiation = this.#connect();
  }

  /** Any rule will do that both ends read alike. */
  get #isPolite(): boolean {
    return this.#context.self.uid < this.peer.uid;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Too long without a connection to go on calling it "connecting". */
  get isUnreachable(): boolean {
    if (this.#state === "up") return false;
    const { unreachableMs, downMs } = this.#context.timings;
    return performance.now() - this.#downSince >= (this.#state === "down" ? downMs : unreachableMs);
  }

  get foundCandidates(): ReadonlySet<CandidateType> {
    return this.#found;
  }

  get connection(): RTCPeerConnection {
    return this.#negotiation.connection;
  }

  transceiver(kind: MediaKind): RTCRtpTransceiver | undefined {
    return this.#negotiation.transceiver(kind);
  }

  /** Offers at once: what the newcomer does. */
  offer(): void {
    this.#negotiation.offer();
    this.#retryAfter(this.#context.timings.retryMs);
  }

  /** Leaves the first offer to the other, for a while: what one who was there first does. */
  awaitOffer(): void {
    this.#retryAfter(this.#context.timings.passiveWaitMs);
  }

  /** Takes in a signal of the peer's; any but `bye`, which is for the owner of the link. */
  receive(signal: Exclude<PeerSignal, { type: "bye" }>): void {
    if (signal.peer !== null && signal.peer !== this.#negotiation.id) return;
    if (signal.connection !== this.#theirs) this.#bindTo(signal.connection);
    switch (signal.type) {
      case "description":
        this.#takeTerms(signal);
        this.#negotiation.receive(signal);
        break;
      case "candidates":
        this.#negotiation.receive(signal);
        break;
      case "media":
        this.#takeTerms(signal);
        break;
      case "restart":
        if (!this.#isPolite && !this.#negotiation.repeatOffer()) this.#restartIce();
        break;
      default:
        signal satisfies never;
    }
  }

  /** Says what is sent and wanted now, and attaches what is to be sent. Resolves when it is attached. */
  async updateMedia(): Promise<void> {
    this.sayTerms();
    await this.#attach();
  }

  /** Asks the other to send a kind, or to stop. */
  want(kind: MediaKind, isWanted: boolean): void {
    if (this.#wants[kind] === isWanted) return;
    this.#wants[kind] = isWanted;
    this.sayTerms();
  }

  /** Says again what is sent and wanted: to be called when one of them changes. */
  sayTerms(): void {
    this.#send({ type: "media", ...this.#terms() });
  }

  /**
   * The track on which a kind comes in, once the connection is negotiated.
   *
   * @throws {RtcError} `OPERATION_ABORTED` when the link ends first
   */
  async incoming(kind: MediaKind): Promise<MediaStreamTrack> {
    if (!this.#negotiation.hasApplied) {
      await new Promise<void>((resolve, reject) => this.#waiters.push({ resolve, reject }));
    }
    const transceiver = this.#negotiation.transceiver(kind);
    if (this.#isClosed || !transceiver) throw rtcError.aborted("the user has left");
    return transceiver.receiver.track;
  }

  /** Takes in the count of everything that has come in: silence is noticed sooner here than by ICE. */
  notePulse(pulse: number): void {
    const { connectionState } = this.connection;
    // Not by us: a browser may close those of a page that it has put away, and tells nobody.
    if (connectionState === "closed" && !this.#isClosed) this.#fail(new Error("The browser closed the connection."));
    // Nothing counted at all is a browser without the figures, not a dead link.
    if (connectionState !== "connected" || pulse === 0) return;
    const now = performance.now();
    if (pulse !== this.#pulse) {
      this.#pulse = pulse;
      this.#pulseAtMs = now;
      this.#comeUp();
    } else if (now - this.#pulseAtMs >= this.#context.timings.silenceMs) {
      this.#goDown();
    }
  }

  /** Brings the encoder into line with the number of people, and with how large the other draws the picture. */
  tune(): void {
    const video = this.#negotiation.transceiver("video");
    if (!video || !this.#negotiation.hasApplied) return;
    const lowStream = this.#wantedOfMe.lowVideo ? this.#context.lowStream() : undefined;
    tuneVideoSender(video.sender, this.#context.receiverCount(), lowStream).catch((error: unknown) => {
      if (!this.#isClosed) logWarning("The video encoder could not be set.", error);
    });
  }

  /** To be called when the server is back: what was lost meanwhile is tried again at once. */
  retryNow(): void {
    if (this.#state !== "up" && this.#attempt > 0) this.#retryAfter(0);
  }

  sayBye(): void {
    this.#send({ type: "bye" });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retryTimer);
    this.#negotiation.close();
    for (const waiter of this.#waiters) waiter.reject(rtcError.aborted("the user has left"));
    this.#waiters = [];
  }

  #connect(): Negotiation {
    return new Negotiation(this.#context.createConnection, this.#isPolite, {
      onDescription: (description) => this.#send({ type: "description", description, ...this.#terms() }),
      onCandidates: (candidates) => {
        for (const { candidate } of candidates) {
          const type = candidateType(candidate);
          if (type) this.#found.add(type);
        }
        this.#send({ type: "candidates", candidates });
      },
      onApplied: () => this.#onApplied(),
      onRestartNeeded: () => this.#send({ type: "restart" }),
      onStateChange: () => this.#onStateChange(),
      onFailure: (error) => this.#fail(error),
    });
  }

  #fail(error: unknown): void {
    if (this.#isBroken) return;
    logWarning("A connection failed beyond repair and is replaced.", error);
    this.#isBroken = true;
    // At once the first time, later ever more slowly: two that cannot agree must not do so at full speed.
    this.#retryAfter(this.#attempt === 0 ? 0 : this.#nextWaitMs());
    if (this.#state === "up") this.#setState("down");
  }

  #bindTo(connection: string): void {
    const isOther = this.#theirs !== null;
    this.#theirs = connection;
    if (!isOther) return;
    if (this.#negotiation.hasApplied || this.#isBroken) {
      this.#replace();
      this.awaitOffer();
      return;
    }
    this.#negotiation.forgetCandidates();
    this.#negotiation.repeatOffer();
  }

  #replace(): void {
    this.#negotiation.close();
    this.#negotiation = this.#connect();
    this.#isBroken = false;
    this.#wantedOfMe = { audio: true, video: true };
    this.#restartedAtMs = Number.NEGATIVE_INFINITY;
    this.#setState(this.#state === "connecting" ? "connecting" : "down");
    this.#handlers.onReplaced();
  }

  #replaceAndOffer(): void {
    this.#theirs = null;
    this.#replace();
    this.#negotiation.offer();
    this.#retryAfter(this.#nextWaitMs());
  }

  #takeTerms({ sends, wants }: MediaTerms): void {
    const before = this.#wantedOfMe;
    this.#wantedOfMe = wants;
    if (MEDIA_KINDS.some((kind) => wants[kind] !== before[kind])) this.#attachInBackground();
    else if (wants.lowVideo !== before.lowVideo) this.tune();
    this.#handlers.onMedia(sends);
  }

  #terms(): MediaTerms {
    const lowVideo = this.#context.wantsLowVideo(this.peer.uid);
    const sends = receivesMedia(this.peer) ? this.#context.localMedia.sends : NOTHING_SENT;
    return { sends, wants: { ...this.#wants, lowVideo } };
  }

  #onApplied(): void {
    this.#attachInBackground();
    this.tune();
    for (const waiter of this.#waiters) waiter.resolve();
    this.#waiters = [];
  }

  #attachInBackground(): void {
    this.#attach().catch((error: unknown) => {
      if (!this.#isClosed) logWarning("A track could not be attached.", error);
    });
  }

  /** One after another, each to what is then to be sent: `sender.track` tells only what was attached before. */
  #attach(): Promise<void> {
    const attaching = this.#attaching.then(() => this.#attachNow());
    // Whoever asked for it hears of a failure; it must not keep the next one from being tried.
    this.#attaching = attaching.then(
      () => undefined,
      () => undefined,
    );
    return attaching;
  }

  async #attachNow(): Promise<void> {
    const negotiation = this.#negotiation;
    if (!negotiation.hasApplied) return;
    await Promise.all(
      MEDIA_KINDS.map(async (kind) => {
        const sender = negotiation.transceiver(kind)?.sender;
        const isSent = this.#wantedOfMe[kind] && receivesMedia(this.peer);
        const track = isSent ? this.#context.localMedia.outgoing(kind) : null;
        if (!sender || sender.track === track) return;
        try {
          await sender.replaceTrack(track);
        } catch (error) {
          // The connection was replaced or closed meanwhile; its successor attaches for itself.
          if (negotiation === this.#negotiation && !this.#isClosed) throw error;
        }
      }),
    );
    this.tune();
  }

  #onStateChange(): void {
    switch (this.connection.connectionState) {
      case "connected":
        this.#pulseAtMs = performance.now();
        this.#comeUp();
        break;
      case "disconnected":
        this.#goDown();
        break;
      case "failed":
        this.#retryAfter(this.#attempt === 0 ? 0 : this.#nextWaitMs());
        this.#setState(this.#state === "up" ? "down" : this.#state);
        break;
    }
  }

  #comeUp(): void {
    if (this.#state === "up") return;
    this.#attempt = 0;
    this.#found.clear();
    clearTimeout(this.#retryTimer);
    this.#setState("up");
  }

  #goDown(): void {
    if (this.#state !== "up") return;
    this.#retryAfter(this.#context.timings.firstRestartMs);
    this.#setState("down");
  }

  #setState(state: LinkState): void {
    if (state === this.#state) return;
    if (this.#state === "up") this.#downSince = performance.now();
    const previous = this.#state;
    this.#state = state;
    this.#handlers.onStateChange(state, previous);
  }

  #retryAfter(waitMs: number): void {
    clearTimeout(this.#retryTimer);
    if (!this.#isClosed) this.#retryTimer = setTimeout(() => this.#retry(), waitMs);
  }

  #nextWaitMs(): number {
    const { retryMs, maxRetryMs } = this.#context.timings;
    return Math.min(retryMs * 1.5 ** this.#attempt, maxRetryMs);
  }

  /** The link is not up. Does the least that may help; goes on for as long as the peer is there. */
  #retry(): void {
    if (this.#state === "up") return;
    this.#attempt++;
    this.#retryAfter(this.#nextWaitMs());
    if (!this.#context.isSignallingUp()) return;
    const { iceConnectionState } = this.connection;
    const isBeyondIce = iceConnectionState === "connected" && this.connection.connectionState === "failed";
    // An ICE restart is enough for a changed network; where several were not, something else is wrong.
    if (this.#isBroken || isBeyondIce || this.#attempt % 4 === 0) this.#replaceAndOffer();
    else if (!this.connection.remoteDescription && !this.connection.localDescription) this.#negotiation.offer();
    else if (!this.#negotiation.repeatOffer()) this.#restartIce();
  }

  #restartIce(): void {
    const now = performance.now();
    // Both ends see the same loss: the other's request and one's own decision are one restart.
    if (now - this.#restartedAtMs < this.#context.timings.firstRestartMs) return;
    this.#restartedAtMs = now;
    this.#negotiation.restartIce(this.#context.iceServers());
  }

  #send(body: SignalBody): void {
    if (this.#isClosed) return;
    this.#context.send(this.peer, { ...body, connection: this.#negotiation.id, peer: this.#theirs });
  }
}

type WithoutAddress<Signal> = Signal extends unknown ? Omit<Signal, "connection" | "peer"> : never;
type SignalBody = WithoutAddress<PeerSignal>;
