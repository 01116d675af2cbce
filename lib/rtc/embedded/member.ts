import type { NetworkQuality } from "agora-rtc-react";
import type { Obstacle } from "@/lib/contracts/members";
import type { Topology } from "@/lib/contracts/relay";
import type { LinkDetails } from "@/lib/rtc/link-details";
import type { ClientEmit } from "./client-events";
import type { ConnectionMeter } from "./connection-meter";
import type { Draft } from "./draft";
import type { Inlet } from "./inlet";
import { InletChoice } from "./inlet-choice";
import type { LocalMedia } from "./local-media";
import { MemberMeter } from "./member-meter";
import { obstacleOf } from "./obstacle";
import { type LinkContext, type LinkHandlers, type LinkState, PeerLink } from "./peer-link";
import { type LinkSignal, MEDIA_KINDS, type MediaKind, type PeerSignal, type Terms } from "./peer-signal";
import { receivesMedia } from "./peering";
import type { RelayLink } from "./relay-link";
import { type Incoming, RemoteUser } from "./remote-user";
import { type Route, routeFor } from "./routes";
import { rtcError } from "./rtc-errors";
import type { Peer } from "./signalling";
import { TermsTalk } from "./terms-talk";
import type { PictureLimits } from "./video-encoding";

const NOTHING_SENT: Terms["sends"] = { audio: "off", video: "off" };

/** What everyone in the call has to do with. */
export interface CallContext extends LinkContext {
  readonly localMedia: LocalMedia;
  readonly topology: Topology;
  readonly relay: RelayLink;
  /** More than two people are in the room. */
  readonly isCrowd: () => boolean;
  /** How many share this page's uplink and processor by links of their own. */
  readonly linkCount: () => number;
  /** How much less than usual this page encodes, since its machine does not keep up (`CpuAdaptation`). */
  readonly stepsDown: () => number;
  /** The small picture that those get who want no more; `undefined` where there is none to give. */
  readonly lowStream: () => PictureLimits | undefined;
  /** Whether a small picture of this person is enough here. */
  readonly wantsLowVideo: (uid: number) => boolean;
  /** How well this page reaches the relay. */
  readonly relayQuality: () => NetworkQuality;
  /** An offer that was made before it was known for whom, or the answer to what this one has left, if there is one. */
  readonly takeDraft: (peer: Peer) => Draft | undefined;
  /** What was left with the server for whoever comes, if it was. */
  readonly takeStanding: () => Draft | undefined;
  readonly meterOf: (connection: RTCPeerConnection) => ConnectionMeter | undefined;
  readonly send: (to: Peer, signal: PeerSignal) => void;
  /** A direct link is up. */
  readonly onLinked: (to: Peer) => void;
  readonly emit: ClientEmit;
  /** Someone's client has said its first word. */
  readonly onRemote: (remote: RemoteUser) => void;
  /** Which ways are needed, or how someone is reached, has changed. */
  readonly onChange: () => void;
}

/**
 * Someone else in the room: what each says to the other of its media (`TermsTalk`), and by which way it comes (`InletChoice`). The
 * direct way goes when neither takes it any more.
 */
export class Member implements Incoming {
  readonly peer: Peer;
  readonly #context: CallContext;
  readonly #meter: MemberMeter;
  readonly #wants: { audio: boolean; video: boolean };
  readonly #talk: TermsTalk;
  readonly #inlets: InletChoice;
  #link: PeerLink | undefined;
  #remote: RemoteUser | undefined;
  #state: LinkState = "connecting";
  /** Since when nothing has come by any way, by `performance.now()`. */
  #downSinceMs = performance.now();
  #linkedAtMs = 0;
  #offered: Promise<void> = Promise.resolve();
  #directTimer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(peer: Peer, context: CallContext) {
    this.peer = peer;
    this.#context = context;
    this.#meter = new MemberMeter(this, context.meterOf);
    const isReceiver = receivesMedia(context.self);
    this.#wants = { audio: isReceiver, video: isReceiver };
    this.#talk = new TermsTalk({
      timings: context.timings,
      isSignallingUp: context.isSignallingUp,
      isHeldBack: () => this.#isClosed || Boolean(this.#link?.isDescriptionDue),
      terms: (isHeard) => this.#terms(isHeard),
      send: (terms) => context.send(peer, { type: "terms", ...terms }),
    });
    this.#inlets = new InletChoice({
      isUsable: (inlet) => this.#isUsable(inlet),
      received: () => MEDIA_KINDS.filter((kind) => this.#wants[kind] && this.terms?.sends[kind] === "on"),
      picturePatienceMs: context.timings.picturePatienceMs,
      onTaken: () => {
        this.#remote?.moveIn();
        context.onChange();
      },
    });
  }

  /** From the first word of the other's client: a member of the room whose client has not joined is no remote user. */
  get remote(): RemoteUser | undefined {
    return this.#remote;
  }

  get meter(): MemberMeter {
    return this.#meter;
  }

  get state(): LinkState {
    return this.#state;
  }

  get inlet(): Inlet | undefined {
    return this.#inlets.current;
  }

  get link(): PeerLink | undefined {
    return this.#link;
  }

  /** Their client's last word. */
  get terms(): Terms | undefined {
    return this.#talk.theirs;
  }

  /** Too long without media to go on calling it "connecting". */
  get isUnreachable(): boolean {
    if (this.#state === "up") return false;
    const { unreachableMs, downMs } = this.#context.timings;
    return performance.now() - this.#downSinceMs >= (this.#state === "down" ? downMs : unreachableMs);
  }

  /** Whether the relay is needed, for this page to receive by it or to be received. */
  get needsRelay(): boolean {
    const isUsed = this.inlet?.route === "relay" || this.terms?.ways.takes === "relay";
    return isUsed || this.#route === "relay" || this.#awaitsRelay;
  }

  get details(): LinkDetails {
    return this.#meter.details;
  }

  get obstacle(): Obstacle {
    const { topology, relay, iceServers } = this.#context;
    const isRelayOut = relay.reach === "out" || this.terms?.ways.relay === "out";
    return obstacleOf({
      hasAnswered: this.#remote !== undefined,
      isRelayOut: topology !== "direct" && isRelayOut,
      isDirectTried: this.#link !== undefined,
      iceServers: iceServers(),
      found: this.#link?.foundCandidates ?? new Set(),
      isTurnRefused: this.#link?.isTurnRefused ?? false,
    });
  }

  /** @param isNewcomer this page has come last, and makes the first offer */
  begin(isNewcomer: boolean): void {
    this.#review(isNewcomer);
    // Where their offer is awaited, the answer says it: a word of its own would be on the way before it, and hold it up.
    if (isNewcomer || !this.#link) this.#talk.say();
    this.#talk.askUntilHeard();
  }

  /** There is a seat: what they have left for whoever comes is news from here on. */
  meet(): void {
    if (this.terms && !this.#remote) this.#takeTerms(this.terms);
  }

  /** Resolves when the first offer, where this page makes it, is out or came to nothing. */
  get offered(): Promise<void> {
    return this.#offered;
  }

  /** Takes in a signal of the peer's; any but `bye`, which is for who keeps the members. */
  receive(signal: Exclude<PeerSignal, { type: "bye" }>): void {
    if (signal.type !== "terms") this.#passToLink(signal);
    if ("sends" in signal) this.#takeTerms(signal);
  }

  #passToLink(signal: LinkSignal): void {
    const isFirst = signal.type === "description" && signal.description.type === "offer" && signal.peer === null;
    // An offer is answered, whatever is thought best here: the other has its reasons.
    if (!this.#link && isFirst && this.#context.topology !== "relay") this.#makeLink();
    this.#link?.receive(signal);
  }

  /** To be called whenever something has changed by which ways are chosen. */
  review(): void {
    this.#review(false);
  }

  /** Says what is sent and wanted now, and attaches what is to be sent. Resolves when it is attached. */
  async updateMedia(): Promise<void> {
    this.#talk.say();
    await this.#link?.attach();
  }

  /** Says again what is sent and wanted, when that has changed. */
  sayTerms(): void {
    this.#showAtRelay();
    this.#talk.say();
  }

  tune(): void {
    this.#link?.tune();
  }

  /** To be called when the server is back: what was lost meanwhile is tried again at once. */
  retryNow(): void {
    this.#link?.retryNow();
    this.#talk.askUntilHeard();
  }

  sayBye(): void {
    this.#context.send(this.peer, { type: "bye" });
  }

  close(): void {
    this.#isClosed = true;
    this.#talk.close();
    this.#dropLink();
    this.#context.relay.hide(this.peer.uid);
    this.#inlets.close(rtcError.aborted("the user has left"));
  }

  // Incoming

  want(kind: MediaKind, isWanted: boolean): void {
    if (this.#wants[kind] === isWanted) return;
    this.#wants[kind] = isWanted;
    this.sayTerms();
  }

  ready(): Promise<void> {
    return this.#inlets.ready();
  }

  /** @throws {RtcError} `OPERATION_ABORTED` when there is no way in (any more) */
  track(kind: MediaKind): MediaStreamTrack {
    const track = this.transceiver(kind)?.receiver.track;
    if (this.#isClosed || !track) throw rtcError.aborted("the user has left");
    return track;
  }

  transceiver(kind: MediaKind): RTCRtpTransceiver | undefined {
    return this.inlet?.transceiver(kind);
  }

  // Ways

  get #route(): Route {
    const { topology, isCrowd } = this.#context;
    const mine = { relay: this.#context.relay.reach, isDirectOut: this.#isDirectOut };
    return routeFor({ topology, isCrowd: isCrowd(), mine, theirs: this.terms?.ways });
  }

  /** It would be the way if it were reached: trying goes on. */
  get #awaitsRelay(): boolean {
    const { topology, isCrowd, relay } = this.#context;
    if (relay.reach !== "out") return false;
    const mine = { relay: "trying", isDirectOut: this.#isDirectOut } as const;
    return routeFor({ topology, isCrowd: isCrowd(), mine, theirs: undefined }) === "relay";
  }

  /** Who is given nothing takes it whichever way it would come. */
  get #takes(): Route {
    return receivesMedia(this.#context.self) ? (this.inlet?.route ?? "direct") : this.#route;
  }

  get #isDirectOut(): boolean {
    const link = this.#link;
    if (!link || link.state === "up") return false;
    return link.state === "down" || performance.now() - this.#linkedAtMs >= this.#context.timings.directPatienceMs;
  }

  /** Both take the other's media through the relay, or have none to take. */
  get #isRelayed(): boolean {
    return this.#takes === "relay" && this.terms?.ways.takes === "relay";
  }

  #review(isNewcomer: boolean): void {
    if (this.#isClosed) return;
    const route = this.#route;
    const { isCrowd, topology } = this.#context;
    if (route === "direct" && !this.#link) this.#makeLink(isNewcomer);
    else if (this.#link && route === "relay" && this.#isRelayed && (isCrowd() || topology === "relay"))
      this.#dropLink();
    this.#showAtRelay();
    this.#inlets.choose(route === "direct" ? this.#link?.inlet : this.#context.relay.inlet(this.peer.uid));
    this.#setState(this.#stateNow());
    this.#link?.attachInBackground();
    if (this.#talk.hasSpoken) this.#talk.say();
  }

  #makeLink(isNewcomer?: boolean): void {
    const { self, timings } = this.#context;
    // Where both make one at the same moment, either may offer: the one whose offer would win.
    const isOfferer = isNewcomer || (isNewcomer === false && this.terms !== undefined && self.uid > this.peer.uid);
    const handlers: LinkHandlers = {
      send: (signal) => this.#context.send(this.peer, signal),
      terms: () => this.#talk.tell(),
      outgoing: (kind) => this.#outgoing(kind),
      picture: () => ({
        receiverCount: this.#context.linkCount(),
        stepsDown: this.#context.stepsDown(),
        limits: this.#lowLimits(),
      }),
      onInlet: () => this.review(),
      onStateChange: (state) => {
        if (state === "up") this.#context.onLinked(this.peer);
        this.review();
        this.#context.onChange();
      },
    };
    const draft = isOfferer ? this.#context.takeDraft(this.peer) : this.#context.takeStanding();
    if (draft?.kind === "answer") this.#talk.take(draft.to.signal);
    if (draft?.kind === "standing" && draft.said) this.#talk.noteTold(draft.said);
    const link = new PeerLink(this.peer, this.#context, handlers, draft);
    this.#link = link;
    this.#linkedAtMs = performance.now();
    this.#directTimer = setTimeout(() => {
      this.review();
      this.#context.onChange();
    }, timings.directPatienceMs);
    if (isOfferer) this.#offered = link.offer();
    else link.awaitOffer();
  }

  #dropLink(): void {
    clearTimeout(this.#directTimer);
    this.#link?.close();
    this.#link = undefined;
  }

  #showAtRelay(): void {
    const { relay, self, wantsLowVideo } = this.#context;
    const { uid } = this.peer;
    const isAsked = receivesMedia(self) && (this.#route === "relay" || this.inlet?.route === "relay");
    if (!isAsked || this.#isClosed) {
      relay.hide(uid);
      return;
    }
    // For a picture that is asked for the relay keeps room on the downlink: not for one that nobody sends.
    const video = this.#wants.video && (this.terms === undefined || this.terms.sends.video === "on");
    relay.show(uid, { audio: this.#wants.audio, video, isLow: wantsLowVideo(uid) });
  }

  #isUsable(inlet: Inlet): boolean {
    if (inlet.route === "relay") return this.#context.relay.isAlive(inlet) && this.#reachesRelay;
    return inlet === this.#link?.inlet && this.#link.state === "up";
  }

  #stateNow(): LinkState {
    if (this.#isReached) return "up";
    return this.#state === "connecting" ? "connecting" : "down";
  }

  get #isReached(): boolean {
    if (receivesMedia(this.#context.self)) return this.inlet !== undefined && this.#isUsable(this.inlet);
    if (this.#route === "direct") return this.#link?.state === "up";
    return this.#context.relay.reach === "up" && this.#reachesRelay;
  }

  get #reachesRelay(): boolean {
    return this.terms?.ways.relay === "up" && !this.#context.relay.isSilent(this.peer.uid);
  }

  #setState(state: LinkState): void {
    const previous = this.#state;
    if (state === previous) return;
    if (previous === "up") this.#downSinceMs = performance.now();
    this.#state = state;
    const { emit } = this.#context;
    if (state === "down") emit("media-reconnect-start", this.peer.uid);
    if (previous === "down" && state === "up") emit("media-reconnect-end", this.peer.uid);
    this.#context.onChange();
  }

  // Terms

  #takeTerms(terms: Terms): void {
    const before = this.terms;
    this.#talk.take(terms);
    if (!this.#remote) {
      this.#remote = new RemoteUser(this.peer.uid, this, this.#meter, this.#context.emit);
      this.#context.onRemote(this.#remote);
    }
    if (before && terms.wants.lowVideo !== before.wants.lowVideo) this.#link?.tune();
    // Before anything of theirs is told: who hears of it may ask for it.
    this.review();
    if (this.#isClosed) return;
    this.#talk.answer();
    this.#remote.apply(terms.sends);
    this.#context.onChange();
  }

  #terms(isHeard: boolean): Terms {
    const { localMedia, wantsLowVideo, relayQuality } = this.#context;
    const { uplinkNetworkQuality: uplink, downlinkNetworkQuality: downlink } = relayQuality();
    return {
      sends: receivesMedia(this.peer) ? localMedia.sends : NOTHING_SENT,
      wants: { ...this.#wants, lowVideo: wantsLowVideo(this.peer.uid) },
      ways: { relay: this.#context.relay.reach, isDirectOut: this.#isDirectOut, takes: this.#takes },
      isHeard,
      quality: { uplink, downlink },
    };
  }

  #outgoing(kind: MediaKind): MediaStreamTrack | null {
    const { topology, localMedia } = this.#context;
    const isWanted = this.terms?.wants[kind] ?? true;
    const isThisWay = topology === "direct" || this.#route === "direct" || this.terms?.ways.takes === "direct";
    return isWanted && isThisWay && receivesMedia(this.peer) ? localMedia.outgoing(kind) : null;
  }

  #lowLimits(): PictureLimits | undefined {
    return this.terms?.wants.lowVideo ? this.#context.lowStream() : undefined;
  }
}
