import type {
  IAgoraRTCRemoteUser,
  NetworkQuality,
  RemoteAudioTrackStats,
  RemoteVideoTrackStats,
  UID,
} from "agora-rtc-react";
import type { Obstacle } from "@/lib/contracts/members";
import { logWarning } from "@/lib/log";
import { type LinkDetails, NO_LINK, type PictureLimit } from "@/lib/rtc/link-details";
import type { ClientEmit } from "./client-events";
import { LinkMeter } from "./link-meter";
import { ownQuality } from "./network-quality";
import { obstacleOf } from "./obstacle";
import { type LinkContext, PeerLink } from "./peer-link";
import { PeerSignal } from "./peer-signal";
import { areLinked, receivesMedia } from "./peering";
import { RemoteUser } from "./remote-user";
import type { Address, Peer, SignallingEvent } from "./signalling";

interface Member {
  link: PeerLink;
  meter: LinkMeter;
  /** From the first word of the other's client: a member of the room whose client has not joined is no remote user. */
  remote: RemoteUser | undefined;
}

/** Everyone else in the call to whom there is a link (`areLinked`), each over their own. Lives from one join to its leave. */
export class Mesh {
  readonly #members = new Map<number, Member>();
  readonly #users: IAgoraRTCRemoteUser[];
  readonly #context: LinkContext;
  readonly #presentPeer: (address: Address) => Peer | undefined;
  readonly #emit: ClientEmit;
  readonly #timers: ReturnType<typeof setInterval>[];
  #isClosed = false;

  /**
   * @param options.users the client's `remoteUsers`, changed in place
   * @param options.presentPeer who has an address, while they are in the room: signals of one that is not are old
   */
  constructor(options: {
    users: IAgoraRTCRemoteUser[];
    context: Omit<LinkContext, "receiverCount">;
    presentPeer: (address: Address) => Peer | undefined;
    emit: ClientEmit;
  }) {
    this.#users = options.users;
    this.#context = { ...options.context, receiverCount: () => this.#receiverCount };
    this.#presentPeer = options.presentPeer;
    this.#emit = options.emit;
    const { statsMs, qualityMs } = options.context.timings;
    this.#timers = [
      setInterval(() => this.#readStats(), statsMs),
      setInterval(() => this.#emit("network-quality", this.quality), qualityMs),
    ];
  }

  /** Offers to everyone who is there: whoever comes last does so. */
  connectTo(peers: readonly Peer[]): void {
    for (const peer of peers) {
      if (areLinked(this.#context.self, peer) && !this.#members.has(peer.uid)) this.#add(peer).link.offer();
    }
  }

  handle(event: Extract<SignallingEvent, { type: "peer" | "peer-left" | "signal" }>): void {
    switch (event.type) {
      case "peer":
        this.#meet(event.peer);
        break;
      case "peer-left":
        this.#remove(event.uid, "Quit");
        break;
      case "signal":
        this.#receive(event.from, event.signal);
        break;
      default:
        event satisfies never;
    }
  }

  remote(uid: unknown): RemoteUser | undefined {
    return typeof uid === "number" ? this.#members.get(uid)?.remote : undefined;
  }

  /** Brings every link into line with what is published. Resolves when all are. */
  async updateMedia(): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ link }) => link.updateMedia()));
  }

  /** Another size of this person's picture is wanted here. */
  sayWishes(uid: UID): void {
    if (typeof uid === "number") this.#members.get(uid)?.link.sayTerms();
  }

  /** Brings every encoder into line with what there is to give. */
  tune(): void {
    for (const { link } of this.#members.values()) link.tune();
  }

  /** The server is back. */
  retryNow(): void {
    for (const { link } of this.#members.values()) link.retryNow();
  }

  get remoteQuality(): { [uid: string]: NetworkQuality } {
    return this.#byUid(({ meter }) => meter.quality);
  }

  get quality(): NetworkQuality {
    return ownQuality(this.meters.map((meter) => meter.quality));
  }

  get remoteAudioStats(): { [uid: string]: RemoteAudioTrackStats } {
    return this.#byUid(({ meter }) => meter.audioStats);
  }

  get remoteVideoStats(): { [uid: string]: RemoteVideoTrackStats } {
    return this.#byUid(({ meter }) => meter.videoStats);
  }

  get meters(): LinkMeter[] {
    return [...this.#members.values()].map(({ meter }) => meter);
  }

  linkDetails(uid: number): LinkDetails {
    return this.#members.get(uid)?.meter.details ?? NO_LINK;
  }

  obstacleTo(uid: number): Obstacle {
    const member = this.#members.get(uid);
    if (!member) return "no-answer";
    return obstacleOf({
      hasAnswered: member.remote !== undefined,
      iceServers: this.#context.iceServers(),
      found: member.link.foundCandidates,
    });
  }

  /** The picture is encoded for each link by itself: what holds back one of them holds it back. */
  get pictureLimit(): PictureLimit | null {
    const reasons = this.meters.flatMap((meter) => meter.latest?.outbound.video?.limitedBy || []);
    if (reasons.length === 0) return null;
    if (reasons.includes("cpu")) return "processor";
    return reasons.includes("bandwidth") ? "network" : "nothing";
  }

  /** Says good-bye and closes everything. Emits nothing: it is this client that leaves. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const { link, remote } of this.#members.values()) {
      link.sayBye();
      link.close();
      remote?.close();
    }
    this.#members.clear();
    this.#users.length = 0;
  }

  get #receiverCount(): number {
    return [...this.#members.values()].filter(({ link }) => receivesMedia(link.peer)).length;
  }

  #receive(address: Address, unread: unknown): void {
    const parsed = PeerSignal.safeParse(unread);
    if (!parsed.success) {
      logWarning(`A signal of ${address.uid} is not understood.`, parsed.error);
      return;
    }
    const from = this.#presentPeer(address);
    if (!from) return;
    if (parsed.data.type === "bye") {
      if (this.#members.get(from.uid)?.link.peer.instance === from.instance) this.#remove(from.uid, "Quit");
      return;
    }
    this.#meet(from)?.link.receive(parsed.data);
  }

  #meet(peer: Peer): Member | undefined {
    if (!areLinked(this.#context.self, peer)) return undefined;
    const known = this.#members.get(peer.uid);
    if (known?.link.peer.instance === peer.instance) return known;
    // A reloaded page is another client: the old one cannot be spoken to any more.
    this.#remove(peer.uid, "Quit");
    const member = this.#add(peer);
    member.link.awaitOffer();
    return member;
  }

  #add(peer: Peer): Member {
    const link = new PeerLink(peer, this.#context, {
      onMedia: (sends) => {
        member.remote ??= this.#join(member);
        member.remote.apply(sends);
      },
      onReplaced: () => member.remote?.reset(),
      onStateChange: (state, previous) => {
        if (state === "down") this.#emit("media-reconnect-start", peer.uid);
        if (previous === "down" && state === "up") this.#emit("media-reconnect-end", peer.uid);
        this.#emit("network-quality", this.quality);
      },
    });
    const member: Member = { link, meter: new LinkMeter(link), remote: undefined };
    this.#members.set(peer.uid, member);
    this.tune();
    return member;
  }

  #join({ link, meter }: Member): RemoteUser {
    const remote = new RemoteUser(link.peer.uid, link, meter, this.#emit);
    this.#users.push(remote.user);
    this.#emit("user-joined", remote.user);
    return remote;
  }

  #remove(uid: number, reason: "Quit" | "ServerTimeOut"): void {
    const member = this.#members.get(uid);
    if (!member) return;
    this.#members.delete(uid);
    member.link.close();
    this.tune();
    const { remote } = member;
    if (!remote) return;
    remote.apply({ audio: "off", video: "off" });
    remote.close();
    const index = this.#users.indexOf(remote.user);
    if (index >= 0) this.#users.splice(index, 1);
    this.#emit("user-left", remote.user, reason);
  }

  #readStats(): void {
    const reads = [...this.#members.values()].map(async ({ meter, remote }) => {
      await meter.read();
      remote?.noteDecoded();
    });
    Promise.all(reads).catch((error: unknown) => {
      if (!this.#isClosed) logWarning("The statistics could not be read.", error);
    });
  }

  #byUid<T>(of: (member: Member) => T): { [uid: string]: T } {
    return Object.fromEntries([...this.#members].map(([uid, member]) => [String(uid), of(member)]));
  }
}
