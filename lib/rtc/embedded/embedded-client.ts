import type {
  AgoraRTCStats,
  ConnectionState,
  IAgoraRTCClient,
  IAgoraRTCRemoteUser,
  ILocalDataChannel,
  ILocalTrack,
  IRemoteAudioTrack,
  IRemoteDataChannel,
  IRemoteTrack,
  IRemoteVideoTrack,
  LocalAudioTrackStats,
  LocalVideoTrackStats,
  LowStreamParameter,
  NetworkQuality,
  RemoteAudioTrackStats,
  RemoteStreamType,
  RemoteVideoTrackStats,
  UID,
} from "agora-rtc-react";
import type { Obstacle } from "@/lib/contracts/members";
import { logWarning } from "@/lib/log";
import { type LinkDetails, type LinkInspector, NO_LINK, type PictureLimit } from "@/lib/rtc/link-details";
import type { PublicFace } from "@/lib/rtc/sdk-type";
import { type Ahead, NOTHING_AHEAD, type SeatToBe, type Start, tracksOn } from "./ahead";
import { localAudioStats, localVideoStats, rtcStats } from "./call-stats";
import { asRtcIceServer, checkJoinArguments, checkTracks, isDataChannelConfig } from "./client-arguments";
import type { ClientEvents, DisconnectedReason } from "./client-events";
import { connectionConfiguration } from "./connection-configuration";
import type { Draft } from "./draft";
import { DualStream } from "./dual-stream";
import { LocalMedia } from "./local-media";
import { A_PAIR, Members } from "./members";
import { MEDIA_KINDS, type MediaKind } from "./peer-signal";
import { receivesMedia } from "./peering";
import type { RemoteUser } from "./remote-user";
import { RtcError, rtcError } from "./rtc-errors";
import { checkSeat, noSeat, parseToken } from "./seat-check";
import type { Peer, Seat, Signalling, SignallingEnd, SignallingEvent } from "./signalling";
import { DEFAULT_TIMINGS, type Timings } from "./timings";
import { TokenWatch } from "./token-watch";
import { UnsupportedFeatures } from "./unsupported";

export interface EmbeddedClientOptions {
  timings?: Partial<Timings>;
  createConnection?: (configuration: RTCConfiguration) => RTCPeerConnection;
}

/** What there is from a `join` to its `leave`. */
interface Session {
  seat: Seat;
  members: Members;
  tokenWatch: TokenWatch;
  joinedAtMs: number;
}

const REASON_OF_END: Record<SignallingEnd, DisconnectedReason> = {
  // Agora says "banned" as well when the same uid joins elsewhere.
  replaced: "UID_BANNED",
  removed: "UID_BANNED",
  "token-expired": "TOKEN_EXPIRE",
};

/**
 * The SDK's client over our own peer connections: browser to browser or through this server, signalled by whoever implements `Signalling`.
 * Methods, events, their order and their errors are the SDK's.
 */
export class EmbeddedClient
  extends UnsupportedFeatures<ClientEvents>
  implements PublicFace<IAgoraRTCClient>, LinkInspector
{
  readonly mode = "rtc";
  readonly role = "host";
  readonly remoteUsers: IAgoraRTCRemoteUser[] = [];
  readonly localDataChannels: ILocalDataChannel[] = [];
  uid?: UID;
  channelName?: string;
  readonly #signalling: Signalling;
  readonly #timings: Timings;
  readonly #createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly #localMedia = new LocalMedia(() => {
    const { members } = this.#session ?? this.#start ?? { members: undefined };
    return members?.updateMedia() ?? Promise.resolve();
  });
  readonly #dualStream = new DualStream();
  #start: Start | undefined;
  #draft: Draft | undefined;
  #connectionState: ConnectionState = "DISCONNECTED";
  #joining: AbortController | undefined;
  #leaving: Promise<void> | undefined;
  #session: Session | undefined;
  #stopListening: (() => void) | undefined;
  #early: Extract<SignallingEvent, { type: "signal" }>[] = [];
  #volumeTimer: ReturnType<typeof setInterval> | undefined;

  constructor(signalling: Signalling, options: EmbeddedClientOptions = {}) {
    super();
    this.#signalling = signalling;
    this.#timings = { ...DEFAULT_TIMINGS, ...options.timings };
    this.#createConnection = options.createConnection ?? ((configuration) => new RTCPeerConnection(configuration));
  }

  get connectionState(): ConnectionState {
    return this.#connectionState;
  }

  get localTracks(): ILocalTrack[] {
    return this.#localMedia.tracks;
  }

  /**
   * For who is about to take a seat: offers to each one who is there, if they are going to be linked directly. The signalling
   * keeps what is said until there is a seat. The join publishes the tracks, too: so the first word to the others says all there is.
   *
   * @param tracks those that are on at the join
   * @param draft an offer that is made already: the first that is to have one has this. Or the answer to one that somebody left: they
   *   have it. It is this client's from here on
   */
  prepare(seat: SeatToBe, tracks: () => ILocalTrack[], draft?: Draft): Ahead {
    this.#dropStart();
    const { length } = this.#signalling.peers.filter(receivesMedia);
    const isDirect = seat.topology === "direct" || (seat.topology === "auto" && length < A_PAIR);
    if (!isDirect || length === 0 || this.#connectionState !== "DISCONNECTED") {
      draft?.connection.close();
      return NOTHING_AHEAD;
    }
    this.#draft = draft;
    const start = { self: seat, members: this.#newMembers(seat), tracks };
    this.#start = start;
    this.#localMedia.add(tracksOn(start));
    const giveUp = () => {
      if (this.#start === start) this.#dropStart();
    };
    const offered = start.members.offerAhead().catch((error: unknown) => {
      // The join meets with it again, and tells.
      logWarning("The offers could not be made ahead.", error);
    });
    // It was for somebody who is gone.
    this.#draft?.connection.close();
    this.#draft = undefined;
    return { offered, giveUp };
  }

  /**
   * Takes the seat that the signalling has. Waits for a `leave` that is under way, and for the server.
   *
   * @param token the seat's, or a newer one for it
   * @throws {RtcError} `INVALID_PARAMS`; `INVALID_OPERATION` when joined or joining; `OPERATION_ABORTED` when left meanwhile;
   *   `CAN_NOT_GET_GATEWAY_SERVER` when there is no seat for this room, uid and token
   */
  async join(appid: string, channel: string, token: string | null, uid?: UID | null): Promise<UID> {
    checkJoinArguments(appid, channel, token, uid);
    while (this.#leaving !== undefined) await this.#leaving;
    if (this.#connectionState !== "DISCONNECTED") {
      throw rtcError.invalidOperation("Client already in connecting/connected state");
    }
    const joining = new AbortController();
    this.#joining = joining;
    this.#setState("CONNECTING");
    try {
      const seat = await this.#takeSeat(channel, token, uid, joining.signal);
      this.#open(seat);
      return seat.uid;
    } catch (error) {
      if (!joining.signal.aborted) {
        this.#close();
        this.#setState("DISCONNECTED");
      }
      throw error;
    } finally {
      if (this.#joining === joining) this.#joining = undefined;
    }
  }

  async leave(): Promise<void> {
    this.#leave("LEAVE");
    await this.#leaving;
  }

  publish(tracks: ILocalTrack | ILocalTrack[]): Promise<void>;
  publish(config: Parameters<IAgoraRTCClient["publish"]>[0]): Promise<never>;
  async publish(published: unknown): Promise<void> {
    if (isDataChannelConfig(published)) throw rtcError.notSupported("a data channel");
    const tracks = checkTracks(published);
    const { members } = this.#joined("publish");
    this.#localMedia.add(tracks);
    await members.updateMedia();
  }

  async unpublish(unpublished?: ILocalTrack | ILocalTrack[] | ILocalDataChannel): Promise<void> {
    const { members } = this.#joined("unpublish");
    const before = this.localTracks;
    const tracks = unpublished === undefined ? before : [unpublished].flat();
    this.#localMedia.remove(before.filter((track) => tracks.includes(track)));
    if (this.localTracks.length < before.length) await members.updateMedia();
  }

  subscribe(user: IAgoraRTCRemoteUser | UID, mediaType: "video"): Promise<IRemoteVideoTrack>;
  subscribe(user: IAgoraRTCRemoteUser | UID, mediaType: "audio"): Promise<IRemoteAudioTrack>;
  subscribe(user: IAgoraRTCRemoteUser | UID, mediaType: "datachannel", id: number): Promise<IRemoteDataChannel>;
  subscribe(user: IAgoraRTCRemoteUser | UID, mediaType: MediaKind | "datachannel"): Promise<IRemoteTrack>;
  async subscribe(user: IAgoraRTCRemoteUser | UID, mediaType: MediaKind | "datachannel"): Promise<unknown> {
    if (mediaType === "datachannel") throw rtcError.notSupported("a data channel");
    const remote = this.#remote(user, "subscribe");
    return remote.subscribe(mediaType);
  }

  async unsubscribe(user: IAgoraRTCRemoteUser | UID, mediaType?: MediaKind | "datachannel"): Promise<void> {
    if (mediaType === "datachannel") throw rtcError.notSupported("a data channel");
    const remote = this.#remote(user, "unsubscribe");
    for (const kind of mediaType ? [mediaType] : MEDIA_KINDS) remote.unsubscribe(kind);
  }

  /** Subscribes to each; one that fails does not keep the others from it. */
  async massSubscribe(
    list: { user: IAgoraRTCRemoteUser; mediaType: MediaKind }[],
  ): Promise<{ user: IAgoraRTCRemoteUser; mediaType: MediaKind; track?: IRemoteTrack; error?: RtcError }[]> {
    return Promise.all(
      list.map(async ({ user, mediaType }) => {
        try {
          return { user, mediaType, track: await this.#remote(user, "subscribe").subscribe(mediaType) };
        } catch (error) {
          if (error instanceof RtcError) return { user, mediaType, error };
          throw error;
        }
      }),
    );
  }

  async massUnsubscribe(list: { user: IAgoraRTCRemoteUser; mediaType?: MediaKind }[]): Promise<void> {
    for (const { user, mediaType } of list) await this.unsubscribe(user, mediaType);
  }

  /** From now on whoever asks for a small picture of this person gets one. @throws {RtcError} `INVALID_OPERATION` the second time */
  async enableDualStream(): Promise<void> {
    this.#dualStream.enable();
    this.#session?.members.tune();
  }

  async disableDualStream(): Promise<void> {
    this.#dualStream.disable();
    this.#session?.members.tune();
  }

  setLowStreamParameter(parameter: LowStreamParameter): void {
    this.#dualStream.setLow(parameter);
    this.#session?.members.tune();
  }

  /** Asks for someone's large (0) or small (1) picture. @throws {RtcError} `INVALID_OPERATION` before `join`; `NOT_SUPPORTED` for other types */
  async setRemoteVideoStreamType(uid: UID, streamType: RemoteStreamType): Promise<void> {
    const { members } = this.#joined("setRemoteVideoStreamType");
    this.#dualStream.want(uid, streamType);
    members.sayWishes(uid);
  }

  async setRemoteDefaultVideoStreamType(streamType: RemoteStreamType): Promise<void> {
    this.#dualStream.wantByDefault(streamType);
    for (const { uid } of this.remoteUsers) this.#session?.members.sayWishes(uid);
  }

  /** @throws {RtcError} `INVALID_OPERATION` before `join`; `UNEXPECTED_RESPONSE` with what the server says as its cause */
  async renewToken(token: string): Promise<void> {
    const { tokenWatch } = this.#joined("renewToken");
    const parsed = parseToken(token);
    try {
      await this.#signalling.renewToken(parsed);
    } catch (error) {
      throw new RtcError("UNEXPECTED_RESPONSE", "the token was not renewed", { cause: error });
    }
    tokenWatch.check();
  }

  enableAudioVolumeIndicator(): void {
    this.#volumeTimer ??= setInterval(() => this.emit("volume-indicator", this.#volumes()), this.#timings.volumeMs);
  }

  getRTCStats(): AgoraRTCStats {
    return rtcStats(this.#meters, {
      userCount: (this.#session?.members.count ?? 0) + 1,
      joinedAtMs: this.#session?.joinedAtMs ?? performance.now(),
    });
  }

  getLocalAudioStats(): LocalAudioTrackStats {
    return localAudioStats(this.#meters, this.#localMedia.audioTrack()?.getVolumeLevel() ?? 0);
  }

  getLocalVideoStats(): LocalVideoTrackStats {
    const track = this.#localMedia.outgoing("video") ?? undefined;
    return localVideoStats(this.#meters, track, this.#session?.joinedAtMs ?? performance.now());
  }

  getRemoteAudioStats(): { [uid: string]: RemoteAudioTrackStats } {
    return this.#session?.members.remoteAudioStats ?? {};
  }

  getRemoteVideoStats(): { [uid: string]: RemoteVideoTrackStats } {
    return this.#session?.members.remoteVideoStats ?? {};
  }

  /** By uid, of everyone in the room; also of those whose client never answered: 0 at first, then 6. */
  getRemoteNetworkQuality(): { [uid: string]: NetworkQuality } {
    return this.#session?.members.remoteQuality ?? {};
  }

  getNetworkQuality(): NetworkQuality {
    return this.#session?.members.quality ?? { uplinkNetworkQuality: 0, downlinkNetworkQuality: 0 };
  }

  // What the SDK has no getters for (`lib/rtc/inspect-link.ts`)

  linkDetails(uid: number): LinkDetails {
    return this.#session?.members.linkDetails(uid) ?? NO_LINK;
  }

  obstacleTo(uid: number): Obstacle {
    return this.#session?.members.obstacleTo(uid) ?? "unknown";
  }

  get pictureLimit(): PictureLimit | null {
    return this.#session?.members.pictureLimit ?? null;
  }

  getNtpWallTimeInMs(): number {
    return Date.now();
  }

  _isPreRender(): boolean {
    return false;
  }

  get #meters() {
    return this.#session?.members.meters ?? [];
  }

  async #takeSeat(channel: string, token: string | null, uid: UID | null | undefined, signal: AbortSignal) {
    await checkSeat(this.#signalling, { channel, token, uid });
    await this.#whenSignallingIsUp(signal);
    signal.throwIfAborted();
    const { seat } = this.#signalling;
    if (!seat) throw noSeat("the seat was lost meanwhile");
    return seat;
  }

  /** Listens from now until the leave. What other pages say meanwhile is kept for them. */
  #whenSignallingIsUp(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      if (signal.aborted) return reject(signal.reason);
      this.#stopListening = this.#signalling.listen((event) => {
        if (this.#session) this.#handle(event);
        else if (event.type === "signal") this.#early.push(event);
        else if (event.type === "ended") reject(noSeat(`the server ended it: ${event.reason}`));
        else if (event.type === "connection" && event.isConnected) resolve();
      });
      if (this.#signalling.isConnected) resolve();
    });
  }

  #takeDraft({ uid, instance }: Peer): Draft | undefined {
    const draft = this.#draft;
    if (draft?.kind === "answer" && (draft.to.from.uid !== uid || draft.to.from.instance !== instance))
      return undefined;
    this.#draft = undefined;
    return draft;
  }

  #newMembers(seat: SeatToBe): Members {
    const iceServers = () => (this.#signalling.seat ?? seat).iceServers.map(asRtcIceServer);
    return new Members({
      users: this.remoteUsers,
      peers: () => this.#signalling.peers,
      access: this.#signalling.relay,
      context: {
        emit: (event, ...args) => this.emit(event, ...args),
        topology: seat.topology,
        self: seat,
        timings: this.#timings,
        localMedia: this.#localMedia,
        lowStream: () => this.#dualStream.lowStream,
        wantsLowVideo: (uid) => this.#dualStream.wantsLow(uid),
        isSignallingUp: () => this.#session !== undefined && this.#signalling.isConnected,
        iceServers,
        createConnection: () => this.#createConnection(connectionConfiguration(iceServers())),
        takeDraft: (peer) => this.#takeDraft(peer),
        send: (to, signal) => this.#signalling.send(to, signal),
        onLinked: (to) => this.#signalling.noteLinked(to),
        leaveOffer: (left) => this.#signalling.leaveOffer(left),
      },
    });
  }

  #open(seat: Seat): void {
    const start = this.#takeStart(seat);
    const members = start?.members ?? this.#newMembers(seat);
    const tokenWatch = new TokenWatch({
      expiresAtMs: () => this.#signalling.seat?.expiresAtMs,
      warningMs: this.#timings.expiryWarningMs,
      onWillExpire: () => this.emit("token-privilege-will-expire"),
      // Agora's client has left by now. This one stays for as long as the server keeps the seat (`ended` says when it
      // does not): a renewal that comes late costs nothing.
      onDidExpire: () => this.emit("token-privilege-did-expire"),
    });
    this.#session = { seat, members, tokenWatch, joinedAtMs: performance.now() };
    this.uid = seat.uid;
    this.channelName = seat.room;
    this.#setState("CONNECTED");
    // Whoever heard of it may have left at once.
    if (this.#session?.members !== members) return;
    if (start) this.#publishOnly(tracksOn(start));
    members.begin(this.#early.splice(0));
    if (!this.#signalling.isConnected) this.#onSignalling(false);
  }

  /** What was on ahead of the join may be off by now. */
  #publishOnly(tracks: ILocalTrack[]): void {
    this.#localMedia.remove(this.localTracks.filter((track) => !tracks.includes(track)));
    this.#localMedia.add(tracks);
  }

  /** @returns what went ahead in the name of this very seat */
  #takeStart({ uid, instance }: Seat): Start | undefined {
    const start = this.#start;
    if (start?.self.uid !== uid || start.self.instance !== instance) {
      this.#dropStart();
      return undefined;
    }
    this.#start = undefined;
    return start;
  }

  #dropStart(): void {
    if (!this.#start) return;
    this.#start.members.close();
    this.#start = undefined;
    this.#localMedia.remove(this.localTracks);
  }

  #handle(event: SignallingEvent): void {
    switch (event.type) {
      case "connection":
        this.#onSignalling(event.isConnected);
        break;
      case "ended":
        this.#end(event.reason);
        break;
      default:
        this.#session?.members.handle(event);
    }
  }

  #onSignalling(isConnected: boolean): void {
    // Links stay as they are: they do not need the server.
    this.#session?.members.noteSignalling(isConnected);
    if (!isConnected && this.#connectionState === "CONNECTED") this.#setState("RECONNECTING");
    if (!isConnected || this.#connectionState !== "RECONNECTING") return;
    this.#setState("CONNECTED");
    this.#session?.tokenWatch.check();
  }

  #end(reason: SignallingEnd): void {
    const tokenWatch = this.#session?.tokenWatch;
    this.#leave(REASON_OF_END[reason]);
    if (reason === "token-expired") tokenWatch?.expireNow();
  }

  /** All of it at once; a `join` that a listener calls on the way waits for the end. */
  #leave(reason: DisconnectedReason): void {
    if (this.#connectionState === "DISCONNECTED") this.#dropStart();
    if (this.#connectionState === "DISCONNECTED" || this.#leaving !== undefined) return;
    this.#leaving = new Promise((resolve) => queueMicrotask(resolve));
    const wasIn = this.#session !== undefined;
    this.#joining?.abort(rtcError.aborted("the client left while it was joining"));
    // As the SDK: who is put out is out at once.
    if (reason !== "UID_BANNED") this.#setState("DISCONNECTING");
    this.#close();
    this.#leaving = undefined;
    // As the SDK: what was never connected has no reason for its end.
    this.#setState("DISCONNECTED", wasIn ? reason : undefined);
  }

  #close(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#early = [];
    this.#dropStart();
    this.#session?.tokenWatch.stop();
    this.#session?.members.close();
    this.#session = undefined;
    delete this.uid;
    delete this.channelName;
    this.#localMedia.remove(this.#localMedia.tracks);
    this.#dualStream.forgetWishes();
    clearInterval(this.#volumeTimer);
    this.#volumeTimer = undefined;
  }

  #joined(what: string): Session {
    const isIn = this.#connectionState === "CONNECTED" || this.#connectionState === "RECONNECTING";
    if (!this.#session || !isIn) {
      throw rtcError.invalidOperation(`Can't ${what} in ${this.#connectionState} state`);
    }
    return this.#session;
  }

  #remote(user: IAgoraRTCRemoteUser | UID, what: string): RemoteUser {
    // As the SDK: a uid is looked up before anything else is asked.
    if (typeof user !== "object" && !this.remoteUsers.some(({ uid }) => uid === user)) throw noSuchUser();
    const { members } = this.#joined(what);
    const remote = members.remote(typeof user === "object" ? user.uid : user);
    // A user object of someone who has left and come again is not theirs any more.
    if (!remote || (typeof user === "object" && remote.user !== user)) throw noSuchUser();
    return remote;
  }

  #volumes(): { uid: UID; level: number }[] {
    const own = this.#localMedia.audioTrack();
    const levels = this.remoteUsers.map(({ uid, audioTrack }) => ({
      uid,
      level: (audioTrack?.getVolumeLevel() ?? 0) * 100,
    }));
    if (own && this.#session) levels.push({ uid: this.#session.seat.uid, level: own.getVolumeLevel() * 100 });
    return levels.sort((one, other) => one.level - other.level);
  }

  #setState(state: ConnectionState, reason?: DisconnectedReason): void {
    const previous = this.#connectionState;
    if (previous === state) return;
    this.#connectionState = state;
    if (reason === undefined) this.emit("connection-state-change", state, previous);
    else this.emit("connection-state-change", state, previous, reason);
  }
}

function noSuchUser(): RtcError {
  return new RtcError("INVALID_REMOTE_USER", "user is not in the channel");
}
