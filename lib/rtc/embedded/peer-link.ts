import { logWarning } from "@/lib/log";
import { attachTracks } from "./attach-tracks";
import type { Draft } from "./draft";
import { InTurn } from "./in-turn";
import type { Inlet } from "./inlet";
import { Negotiation, type NegotiationHandlers } from "./negotiation";
import { type CandidateType, candidateType } from "./obstacle";
import type { LinkSignal, MediaKind, Terms } from "./peer-signal";
import { Pulse } from "./pulse";
import type { Peer } from "./signalling";
import type { Timings } from "./timings";
import { type PictureLimits, tuneVideoSender } from "./video-encoding";

/** `connecting`: never up yet. `down`: was up, is not. */
export type LinkState = "connecting" | "up" | "down";

/** What all links of a client have in common. */
export interface LinkContext {
  readonly self: Peer;
  readonly timings: Timings;
  readonly isSignallingUp: () => boolean;
  readonly createConnection: () => RTCPeerConnection;
  readonly iceServers: () => RTCIceServer[];
}

/** What a link has of the one whose it is. */
export interface LinkHandlers {
  send(signal: LinkSignal): void;
  /** What goes with each description. */
  terms(): Terms;
  /** What is to be sent of a kind now. */
  outgoing(kind: MediaKind): MediaStreamTrack | null;
  /** How many pictures this page encodes for, how much less than usual, and what is enough for this one. */
  picture(): { receiverCount: number; stepsDown: number; limits: PictureLimits | undefined };
  /** What is received has another way in. */
  onInlet(): void;
  onStateChange(state: LinkState): void;
}

/**
 * The direct way to one other page: one connection at a time, replaced when it is beyond repair or when the other has
 * replaced theirs.
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
  readonly #pulse: Pulse;
  #negotiation: Negotiation;
  #inlet: Inlet | undefined;
  #theirs: string | null = null;
  #state: LinkState = "connecting";
  /** The kinds of addresses that this page has found for itself since the link was last up. */
  readonly #found = new Set<CandidateType>();
  #isTurnRefused = false;
  #restartedAtMs = Number.NEGATIVE_INFINITY;
  #attempt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #isBroken = false;
  #isClosed = false;
  #isDescriptionDue = false;
  /** The browser has had time to find out what this connection bears. */
  #isLineKnown = false;
  #lineTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #attaching = new InTurn();
  readonly #tuning = new InTurn();

  /** @param draft the first connection, where that is made already, with what `offer` is to say of it, or with what was left for the other */
  constructor(peer: Peer, context: LinkContext, handlers: LinkHandlers, draft?: Draft) {
    this.peer = peer;
    this.#context = context;
    this.#handlers = handlers;
    this.#pulse = new Pulse(context.timings.silenceMs);
    this.#negotiation = this.#connect(draft);
    if (draft?.kind === "answer") this.#theirs = draft.to.signal.connection;
  }

  /** Any rule will do that both ends read alike. */
  get #isPolite(): boolean {
    return this.#context.self.uid < this.peer.uid;
  }

  get state(): LinkState {
    return this.#state;
  }

  get foundCandidates(): ReadonlySet<CandidateType> {
    return this.#found;
  }

  /** A TURN server did not take this page's credentials, since the link was last up. */
  get isTurnRefused(): boolean {
    return this.#isTurnRefused;
  }

  get connection(): RTCPeerConnection {
    return this.#negotiation.connection;
  }

  /** The way in of the newest connection that was negotiated. */
  get inlet(): Inlet | undefined {
    return this.#inlet;
  }

  /** The first offer or its answer is being made, and will say how things stand. */
  get isDescriptionDue(): boolean {
    return this.#isDescriptionDue;
  }

  /** Offers at once, or answers what was left for this page: what the newcomer does. Resolves when that is out, or came to nothing. */
  async offer(): Promise<void> {
    this.#isDescriptionDue = true;
    this.#retryAfter(this.#context.timings.retryMs);
    await this.#negotiation.offer();
  }

  /** Leaves the first offer to the other, for a while: what one who was there first does. */
  awaitOffer(): void {
    this.#retryAfter(this.#context.timings.passiveWaitMs);
  }

  receive(signal: LinkSignal): void {
    if (signal.peer !== null && signal.peer !== this.#negotiation.id) {
      // The answer to what was left with the server before, and is none any more: they are waiting for this one.
      if (signal.type === "description" && this.#isUntried) this.#retryAfter(0);
      return;
    }
    if (signal.connection !== this.#theirs) this.#bindTo(signal.connection);
    switch (signal.type) {
      case "description":
        if (signal.description.type === "offer") this.#noteOffer();
        else if (this.#negotiation.isStanding) this.#giveTime();
        this.#negotiation.receive(signal);
        break;
      case "candidates":
        this.#negotiation.receive(signal);
        break;
      case "restart":
        if (!this.#isPolite && !this.#negotiation.repeatOffer()) this.#restartIce();
        break;
      default:
        signal satisfies never;
    }
  }

  /** Nothing has come of this link, or been tried for it. */
  get #isUntried(): boolean {
    return this.#theirs === null && this.#state === "connecting" && this.#attempt === 0;
  }

  #noteOffer(): void {
    if (!this.#inlet) this.#isDescriptionDue = true;
    this.#giveTime();
  }

  /** What was awaited is here, and is given time as well. */
  #giveTime(): void {
    if (this.#state === "connecting" && this.#attempt === 0) this.#retryAfter(this.#context.timings.offeredPatienceMs);
  }

  /** Takes in the count of everything that has come in: silence is noticed sooner here than by ICE. */
  notePulse(count: number): void {
    const { connectionState } = this.connection;
    // Not by us: a browser may close those of a page that it has put away, and tells nobody.
    if (connectionState === "closed" && !this.#isClosed) this.#fail(new Error("The browser closed the connection."));
    if (connectionState !== "connected") return;
    const heard = this.#pulse.note(count);
    if (heard === "beats") this.#comeUp();
    else if (heard === "silent") this.#goDown();
  }

  /**
   * Brings the encoder into line with the number of people, and with how large the other draws the picture. One time after another:
   * parameters that were read before others were set are refused.
   */
  tune(): void {
    void this.#tuning.runOnce(() => this.#tuneNow());
  }

  async #tuneNow(): Promise<void> {
    const sender = this.#negotiation.transceiver("video")?.sender;
    if (!sender || this.#isClosed) return;
    try {
      await tuneVideoSender(sender, { ...this.#handlers.picture(), isFirst: !this.#isLineKnown });
    } catch (error) {
      if (!this.#isClosed) logWarning("The video encoder could not be set.", error);
    }
  }

  /** To be called when there is a seat: the credentials of who is on their way in end sooner than a call. */
  renewCredentials(): void {
    if (this.connection.signalingState !== "closed") this.#negotiation.configure(this.#context.iceServers());
  }

  /** To be called when the server is back: what was lost meanwhile is tried again at once. */
  retryNow(): void {
    if (this.#state !== "up" && this.#attempt > 0) this.#retryAfter(0);
  }

  /** Brings what is sent into line, one time after another: `sender.track` tells only what was attached before. */
  attach(): Promise<void> {
    return this.#attaching.run(() => this.#attachNow());
  }

  attachInBackground(): void {
    this.attach().catch((error: unknown) => {
      if (!this.#isClosed) logWarning("A track could not be attached.", error);
    });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#lineTimer);
    this.#negotiation.close();
  }

  #connect(draft?: Draft): Negotiation {
    const handlers: NegotiationHandlers = {
      onDescription: (description) => {
        this.#isDescriptionDue = false;
        this.#noteFound(description.sdp.split("\r\n"));
        this.#send({ type: "description", ...this.#address, description, ...this.#handlers.terms() });
      },
      onCandidates: (candidates) => {
        this.#noteFound(candidates.map(({ candidate }) => candidate));
        this.#send({ type: "candidates", ...this.#address, candidates });
      },
      onTurnRefused: () => {
        this.#isTurnRefused = true;
      },
      onTransceivers: () => this.attachInBackground(),
      onApplied: () => this.#onApplied(),
      onRestartNeeded: () => this.#send({ type: "restart", ...this.#address }),
      onStateChange: () => this.#onStateChange(),
      onFailure: (error) => this.#fail(error),
    };
    return new Negotiation(this.#context, this.#isPolite, handlers, draft);
  }

  #noteFound(lines: readonly string[]): void {
    for (const line of lines) {
      const type = candidateType(line);
      if (type) this.#found.add(type);
    }
  }

  #fail(error: unknown): void {
    if (this.#isBroken) return;
    this.#isDescriptionDue = false;
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
    this.#forgetLine();
    this.#restartedAtMs = Number.NEGATIVE_INFINITY;
    this.#setState(this.#state === "connecting" ? "connecting" : "down");
  }

  #replaceAndOffer(): void {
    this.#theirs = null;
    this.#replace();
    void this.#negotiation.offer();
    this.#retryAfter(this.#nextWaitMs());
  }

  #onApplied(): void {
    this.#isDescriptionDue = false;
    const negotiation = this.#negotiation;
    const { connection } = negotiation;
    if (this.#inlet?.connection !== connection) {
      this.#inlet = { route: "direct", connection, transceiver: (kind) => negotiation.transceiver(kind) };
      this.#handlers.onInlet();
    }
    this.attachInBackground();
  }

  async #attachNow(): Promise<void> {
    const negotiation = this.#negotiation;
    const { connection } = negotiation;
    await attachTracks({
      sender: (kind) => negotiation.transceiver(kind)?.sender,
      outgoing: (kind) => this.#handlers.outgoing(kind),
      isOver: () => this.#isClosed || connection !== this.connection,
    });
    this.tune();
  }

  #onStateChange(): void {
    switch (this.connection.connectionState) {
      case "connected":
        this.#pulse.begin();
        this.#learnLine();
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

  #learnLine(): void {
    if (this.#isLineKnown || this.#lineTimer !== undefined) return;
    this.#lineTimer = setTimeout(() => {
      this.#isLineKnown = true;
      this.tune();
    }, this.#context.timings.lineKnownMs);
  }

  #forgetLine(): void {
    clearTimeout(this.#lineTimer);
    this.#lineTimer = undefined;
    this.#isLineKnown = false;
  }

  #comeUp(): void {
    if (this.#state === "up") return;
    this.#attempt = 0;
    this.#found.clear();
    this.#isTurnRefused = false;
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
    this.#state = state;
    this.#handlers.onStateChange(state);
  }

  #retryAfter(waitMs: number): void {
    clearTimeout(this.#retryTimer);
    if (!this.#isClosed) this.#retryTimer = setTimeout(() => this.#retry(), waitMs);
  }

  #nextWaitMs(): number {
    const { retryMs, maxRetryMs } = this.#context.timings;
    return Math.min(retryMs * 1.5 ** this.#attempt, maxRetryMs);
  }

  /** The link is not up. Does the least that may help; goes on for as long as the link is wanted. */
  #retry(): void {
    if (this.#state === "up") return;
    this.#attempt++;
    this.#isDescriptionDue = false;
    this.#retryAfter(this.#nextWaitMs());
    if (!this.#context.isSignallingUp()) return;
    const { iceConnectionState } = this.connection;
    const isBeyondIce = iceConnectionState === "connected" && this.connection.connectionState === "failed";
    // An ICE restart is enough for a changed network; where several were not, something else is wrong.
    if (this.#isBroken || isBeyondIce || this.#attempt % 4 === 0) this.#replaceAndOffer();
    else if (!this.connection.remoteDescription && !this.connection.localDescription) void this.#negotiation.offer();
    else if (!this.#negotiation.repeatOffer()) this.#restartIce();
  }

  #restartIce(): void {
    const now = performance.now();
    // Both ends see the same loss: the other's request and one's own decision are one restart.
    if (now - this.#restartedAtMs < this.#context.timings.firstRestartMs) return;
    this.#restartedAtMs = now;
    this.#negotiation.restartIce(this.#context.iceServers());
  }

  get #address() {
    return { connection: this.#negotiation.id, peer: this.#theirs };
  }

  #send(signal: LinkSignal): void {
    if (!this.#isClosed) this.#handlers.send(signal);
  }
}
