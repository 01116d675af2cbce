import type {
  IAgoraRTCRemoteUser,
  NetworkQuality,
  RemoteAudioTrackStats,
  RemoteVideoTrackStats,
  UID,
} from "agora-rtc-react";
import * as v from "valibot";
import type { Instance, Uid } from "@/lib/contracts/identifiers";
import type { Obstacle } from "@/lib/contracts/members";
import { logWarning } from "@/lib/log";
import { type LinkDetails, NO_LINK, type PictureLimit } from "@/lib/rtc/link-details";
import { ConnectionMeter } from "./connection-meter";
import { CpuAdaptation } from "./cpu-adaptation";
import { type CallContext, Member } from "./member";
import { ownQuality } from "./network-quality";
import { type LeaveOffer, OfferToAnyone } from "./offer-to-anyone";
import { PeerSignal } from "./peer-signal";
import { areLinked, receivesMedia } from "./peering";
import { RelayLink } from "./relay-link";
import { relayQuality } from "./relay-quality";
import type { RemoteUser } from "./remote-user";
import type { Address, Peer, RelayAccess, SignallingEvent } from "./signalling";

/** So many people are linked directly; from one more on the relay serves better. */
export const A_PAIR = 2;

/**
 * Everyone else in the call of whom there is something to receive or to send to (`areLinked`). Lives from one join, or what goes
 * ahead of it, to its leave.
 */
export class Members {
  readonly #members = new Map<number, Member>();
  readonly #meters = new Map<RTCPeerConnection, ConnectionMeter>();
  readonly #relay: RelayLink;
  readonly #users: IAgoraRTCRemoteUser[];
  readonly #context: CallContext;
  readonly #peers: () => readonly Peer[];
  readonly #timers: ReturnType<typeof setInterval>[];
  readonly #withoutPicture = new Set<Uid>();
  readonly #adaptation: CpuAdaptation;
  readonly #standing: OfferToAnyone;
  #crowdTimer: ReturnType<typeof setTimeout> | undefined;
  #isCrowd = false;
  #isReviewing = false;
  #hasBegun = false;
  #isClosed = false;

  /**
   * @param options.users the client's `remoteUsers`, changed in place
   * @param options.peers everyone in the room: signals of who is not there are old
   */
  constructor(options: {
    users: IAgoraRTCRemoteUser[];
    peers: () => readonly Peer[];
    access: RelayAccess;
    context: Omit<
      CallContext,
      | "relay"
      | "isCrowd"
      | "linkCount"
      | "stepsDown"
      | "relayQuality"
      | "meterOf"
      | "takeStanding"
      | "onRemote"
      | "onChange"
    > & { leaveOffer: LeaveOffer };
  }) {
    const { context } = options;
    this.#users = options.users;
    this.#peers = options.peers;
    this.#adaptation = new CpuAdaptation(context.timings, () => navigator.hardwareConcurrency);
    const stepsDown = () => this.#adaptation.stepsDown;
    this.#relay = new RelayLink({
      role: context.self.role,
      timings: context.timings,
      localMedia: context.localMedia,
      lowStream: context.lowStream,
      stepsDown,
      access: options.access,
      createConnection: context.createConnection,
      onChange: () => this.#reviewAll(),
      onPicture: (uid, isGiven) => this.#notePicture(uid, isGiven),
    });
    this.#context = {
      ...context,
      relay: this.#relay,
      isCrowd: () => this.#isCrowd,
      linkCount: () => this.#linkCount,
      stepsDown,
      relayQuality: () => this.#relayQuality,
      meterOf: (connection) => this.#meters.get(connection),
      takeStanding: () => this.#standing.take(),
      onRemote: (remote) => this.#addRemote(remote),
      onChange: () => this.#reviewNeed(),
    };
    this.#standing = new OfferToAnyone(this.#context, context.leaveOffer);
    const { statsMs, qualityMs } = context.timings;
    this.#timers = [setInterval(() => this.#readStats(), statsMs), setInterval(() => this.#tellQuality(), qualityMs)];
  }

  /** Offers to everyone who is there, before there is a seat. Resolves when the offers are made. */
  async offerAhead(): Promise<void> {
    this.#countPeople();
    this.#meetAll();
    await Promise.all([...this.#members.values()].map(({ offered }) => offered));
  }

  /**
   * From here on there is a seat. Speaks to everyone who is there, and offers to those who have not: whoever comes last does so.
   *
   * @param early what came of them before
   */
  begin(early: readonly Extract<SignallingEvent, { type: "signal" }>[]): void {
    this.#hasBegun = true;
    for (const { link } of this.#members.values()) link?.renewCredentials();
    this.#countPeople();
    this.#meetAll(early.filter(({ signal }) => isOffer(signal)).map(({ from }) => from.instance));
    for (const member of [...this.#members.values()]) member.meet();
    for (const event of early) this.handle(event);
    this.#reviewNeed();
  }

  handle(event: Extract<SignallingEvent, { type: "peer" | "peer-left" | "signal" | "relay" }>): void {
    switch (event.type) {
      case "peer":
        this.#meet(event.peer);
        this.#countPeople();
        break;
      case "peer-left":
        this.#remove(event.uid);
        this.#countPeople();
        break;
      case "signal":
        this.#receive(event.from, event.signal);
        break;
      case "relay":
        this.#relay.receive(event.notice);
        break;
      default:
        event satisfies never;
    }
  }

  remote(uid: unknown): RemoteUser | undefined {
    return typeof uid === "number" ? this.#members.get(uid)?.remote : undefined;
  }

  /** Brings all that is sent into line with what is published. Resolves when it is. */
  async updateMedia(): Promise<void> {
    this.#reviewStanding();
    await Promise.all([
      this.#relay.updateMedia(),
      ...[...this.#members.values()].map((member) => member.updateMedia()),
    ]);
  }

  /** Another size of this person's picture is wanted here. */
  sayWishes(uid: UID): void {
    if (typeof uid === "number") this.#members.get(uid)?.sayTerms();
  }

  /** Brings every encoder into line with what there is to give. */
  tune(): void {
    this.#relay.tune();
    for (const member of this.#members.values()) member.tune();
  }

  /** The server was lost, or is back. */
  noteSignalling(isUp: boolean): void {
    this.#relay.check();
    if (isUp) this.#standing.renew();
    if (isUp) for (const member of this.#members.values()) member.retryNow();
  }

  get remoteQuality(): { [uid: string]: NetworkQuality } {
    return this.#byUid(({ meter }) => meter.quality);
  }

  get quality(): NetworkQuality {
    const linked = [...this.#members.values()].filter(({ inlet }) => inlet?.route !== "relay");
    const relayed = this.#relay.reach === "off" ? [] : [this.#relayQuality];
    return ownQuality([...linked.map(({ meter }) => meter.quality), ...relayed]);
  }

  get remoteAudioStats(): { [uid: string]: RemoteAudioTrackStats } {
    return this.#byUid(({ meter }) => meter.audioStats);
  }

  get remoteVideoStats(): { [uid: string]: RemoteVideoTrackStats } {
    return this.#byUid(({ meter }) => meter.videoStats);
  }

  /** Of every connection there is. */
  get meters(): ConnectionMeter[] {
    return [...this.#meters.values()];
  }

  get count(): number {
    return this.#members.size;
  }

  linkDetails(uid: number): LinkDetails {
    return this.#members.get(uid)?.details ?? NO_LINK;
  }

  obstacleTo(uid: number): Obstacle {
    return this.#members.get(uid)?.obstacle ?? "no-answer";
  }

  /** The picture is encoded for each connection by itself: what holds back one of them holds it back. */
  get pictureLimit(): PictureLimit | null {
    const reasons = this.meters.flatMap((meter) => meter.latest?.outbound.video?.limitedBy || []);
    if (reasons.length === 0) return null;
    if (reasons.includes("cpu") || this.#adaptation.stepsDown > 0) return "processor";
    return reasons.includes("bandwidth") ? "network" : "nothing";
  }

  /** Says good-bye, if it has begun, and closes everything. Emits nothing: it is this client that leaves. */
  close(): void {
    this.#isClosed = true;
    this.#standing.close();
    clearTimeout(this.#crowdTimer);
    for (const timer of this.#timers) clearInterval(timer);
    for (const member of this.#members.values()) {
      if (this.#hasBegun) member.sayBye();
      member.close();
      member.remote?.close();
    }
    this.#relay.close();
    this.#members.clear();
    this.#users.length = 0;
  }

  /** Two who were three a moment ago are so for a little longer. */
  #countPeople(): void {
    const others = this.#otherPeople;
    this.#reviewStanding();
    const count = others.length + (receivesMedia(this.#context.self) ? 1 : 0);
    clearTimeout(this.#crowdTimer);
    if (count > A_PAIR) this.#setCrowd(true);
    else if (this.#isCrowd)
      this.#crowdTimer = setTimeout(() => this.#setCrowd(false), this.#context.timings.crowdLingerMs);
  }

  get #otherPeople(): Peer[] {
    return this.#peers().filter((peer) => receivesMedia(peer) && peer.uid !== this.#context.self.uid);
  }

  /**
   * An offer is left by who is alone, and not where ICE servers would have to be kept for a person who may never come. Before a device
   * was on a browser does not say this machine's addresses.
   */
  #reviewStanding(): void {
    const { self, topology, iceServers, localMedia } = this.#context;
    // Two who were three a moment ago are linked by the relay still.
    const isAlone = this.#hasBegun && receivesMedia(self) && this.#otherPeople.length === 0 && !this.#isCrowd;
    const { audio, video } = localMedia.sends;
    const isPublishing = audio !== "off" || video !== "off";
    this.#standing.keep(isAlone && isPublishing && topology !== "relay" && iceServers().length === 0);
    this.#standing.refresh();
  }

  #setCrowd(isCrowd: boolean): void {
    if (this.#isCrowd === isCrowd) return;
    this.#isCrowd = isCrowd;
    this.#reviewStanding();
    this.#reviewAll();
  }

  #reviewAll(): void {
    // One that is reviewed may change what others are reviewed by.
    if (this.#isReviewing || this.#isClosed) return;
    this.#isReviewing = true;
    try {
      this.#reviewNeed();
      for (const member of [...this.#members.values()]) member.review();
    } finally {
      this.#isReviewing = false;
    }
    this.#reviewNeed();
  }

  #reviewNeed(): void {
    const { topology } = this.#context;
    // The relay takes nobody without a seat.
    if (this.#isClosed || !this.#hasBegun || topology === "direct") return;
    const isNeeded = topology === "relay" || [...this.#members.values()].some((member) => member.needsRelay);
    this.#relay.setNeeded(isNeeded);
    this.tune();
  }

  get #linkCount(): number {
    return [...this.#members.values()].filter(({ link, peer }) => link && receivesMedia(peer)).length;
  }

  get #relayQuality(): NetworkQuality {
    const connection = this.#relay.current?.connection;
    return relayQuality(connection && this.#meters.get(connection), this.#withoutPicture.size > 0);
  }

  #notePicture(uid: Uid, isGiven: boolean): void {
    if (isGiven) this.#withoutPicture.delete(uid);
    else this.#withoutPicture.add(uid);
    // As the SDK, when the network bears no picture any more, or again.
    if (this.remote(uid)) this.#context.emit("stream-fallback", uid, isGiven ? "recover" : "fallback");
  }

  #receive(address: Address, unread: unknown): void {
    const parsed = v.safeParse(PeerSignal, unread);
    if (!parsed.success) {
      logWarning(`A signal of ${address.uid} is not understood.`, new v.ValiError(parsed.issues));
      return;
    }
    const from = this.#peers().find(({ uid, instance }) => uid === address.uid && instance === address.instance);
    if (!from) return;
    if (parsed.output.type === "bye") {
      if (this.#members.get(from.uid)?.peer.instance === from.instance) this.#remove(from.uid);
      return;
    }
    this.#meet(from)?.receive(parsed.output);
  }

  /** @param offered the pages that have offered, and are answered */
  #meetAll(offered: readonly Instance[] = []): void {
    const peers = this.#peers().filter((peer) => areLinked(this.#context.self, peer));
    // Who was offered to ahead may have gone meanwhile, or have reloaded.
    for (const { peer: known } of [...this.#members.values()]) {
      const isThere = peers.some(({ uid, instance }) => uid === known.uid && instance === known.instance);
      if (!isThere) this.#remove(known.uid);
    }
    for (const peer of peers) {
      if (!this.#members.has(peer.uid)) this.#add(peer).begin(!offered.includes(peer.instance));
    }
  }

  #meet(peer: Peer): Member | undefined {
    if (!areLinked(this.#context.self, peer)) return undefined;
    const known = this.#members.get(peer.uid);
    if (known?.peer.instance === peer.instance) return known;
    // A reloaded page is another client: the old one cannot be spoken to any more.
    this.#remove(peer.uid);
    const member = this.#add(peer);
    this.#countPeople();
    member.begin(false);
    this.#reviewNeed();
    return member;
  }

  #add(peer: Peer): Member {
    const member = new Member(peer, this.#context);
    this.#members.set(peer.uid, member);
    this.tune();
    return member;
  }

  #addRemote(remote: RemoteUser): void {
    this.#users.push(remote.user);
    this.#context.emit("user-joined", remote.user);
  }

  #remove(uid: number): void {
    const member = this.#members.get(uid);
    if (!member) return;
    this.#members.delete(uid);
    this.#withoutPicture.delete(member.peer.uid);
    member.close();
    this.#reviewNeed();
    const { remote } = member;
    if (!remote) return;
    remote.apply({ audio: "off", video: "off" });
    remote.close();
    const index = this.#users.indexOf(remote.user);
    if (index >= 0) this.#users.splice(index, 1);
    this.#context.emit("user-left", remote.user, "Quit");
  }

  #tellQuality(): void {
    for (const member of this.#members.values()) member.sayTerms();
    this.#context.emit("network-quality", this.quality);
  }

  #readStats(): void {
    this.#read().catch((error: unknown) => {
      if (!this.#isClosed) logWarning("The statistics could not be read.", error);
    });
  }

  async #read(): Promise<void> {
    const linked = [...this.#members.values()].flatMap(({ link }) => link ?? []);
    const relayed = this.#relay.current?.connection;
    const connections = [...linked.map(({ connection }) => connection), ...(relayed ? [relayed] : [])];
    for (const gone of [...this.#meters.keys()].filter((each) => !connections.includes(each)))
      this.#meters.delete(gone);
    const pulseOf = async (connection: RTCPeerConnection) => {
      const meter = this.#meters.get(connection) ?? new ConnectionMeter(connection);
      this.#meters.set(connection, meter);
      return (await meter.read()).pulse;
    };
    await Promise.all([
      ...linked.map(async (link) => {
        const { connection } = link;
        const pulse = await pulseOf(connection);
        if (connection === link.connection) link.notePulse(pulse);
      }),
      relayed && pulseOf(relayed).then((pulse) => this.#relay.notePulse(relayed, pulse)),
    ]);
    for (const { remote } of this.#members.values()) remote?.noteDecoded();
    this.#adapt();
  }

  #adapt(): void {
    const { meters } = this;
    const isChanged = this.#adaptation.note({
      atMs: performance.now(),
      load: meters.reduce((sum, { encodingLoad }) => sum + encodingLoad, 0),
      isLimited: meters.some(({ latest }) => latest?.outbound.video?.limitedBy === "cpu"),
    });
    if (isChanged) this.tune();
  }

  #byUid<T>(of: (member: Member) => T): { [uid: string]: T } {
    return Object.fromEntries([...this.#members].map(([uid, member]) => [String(uid), of(member)]));
  }
}

function isOffer(unread: unknown): boolean {
  const { success, output } = v.safeParse(PeerSignal, unread);
  return success && output.type === "description" && output.description.type === "offer";
}
