import type { IAgoraRTCClient, ILocalTrack } from "agora-rtc-react";
import { postUnmute } from "@/lib/api/hosting-api";
import { getMessagesBefore, patchMember, postHand, postMessage, postProblem, postReaction } from "@/lib/api/room-api";
import { AppError } from "@/lib/app-error";
import type { MediaProblem } from "@/lib/contracts/http";
import type { RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import type { UnreachablePeer } from "@/lib/contracts/members";
import { logWarning } from "@/lib/log";
import { LocalMedia } from "@/lib/media/local-media";
import { createRtcClient } from "@/lib/rtc/create-rtc-client";
import { JoinPreparation } from "@/lib/rtc/join-preparation";
import { joinProblemOf } from "@/lib/rtc/join-problem";
import { quietSdkLog } from "@/lib/rtc/sdk-log";
import { backOffMs, wait } from "./back-off";
import { type CallState, createCallStore, type EndReason, withDevice, withRoom, withRosterChange } from "./call-store";
import { Chat } from "./chat/chat";
import { DrawnPictures } from "./drawn-pictures";
import { Entrance } from "./entrance";
import { HostActions } from "./host-actions";
import { HostMute } from "./host-mute";
import { expectJoin } from "./join-expectation";
import { PictureWindow } from "./layout/picture-window";
import { View } from "./layout/view";
import { readViewPreferences, storeViewPreferences } from "./layout/view-preferences";
import { mayPass } from "./may-pass";
import { NoticePreferences } from "./notices/notice-preferences";
import { Panels } from "./panels";
import { Reactions } from "./reactions";
import { storeRecentRoom } from "./recent-rooms";
import { RoomConnection } from "./room-connection";
import { NO_SCREENS } from "./screen";
import { ScreenShare } from "./screen-share";
import { readSeat, type StoredSeat } from "./seat-storage";
import { readName, storeLeftRoom, storeName } from "./visit-storage";

const RETRY = { firstMs: 500, maxMs: 4000 };
/** So long an offer may hold back the request that it goes with. */
const OFFER_MS = 250;

/**
 * One person's visit to a room's page, from opening it to leaving: what the screens call. Owns the connection to the room,
 * the devices and the client; the store shows what they are.
 */
export class CallSession {
  readonly store = createCallStore();
  readonly view = new View(this.store, readViewPreferences(), storeViewPreferences);
  readonly pictureWindow = new PictureWindow();
  readonly panels = new Panels();
  readonly notices = new NoticePreferences();
  readonly chat: Chat;
  readonly reactions = new Reactions((reaction) => postReaction(this.#room, this.#token, reaction));
  readonly media: LocalMedia;
  readonly screenShare: ScreenShare;
  /** Told by the tiles. */
  readonly pictures = new DrawnPictures();
  readonly hosting: HostActions;
  readonly #room: RoomName;
  readonly #disposal = new AbortController();
  readonly #entrance: Entrance;
  readonly #hostMute: HostMute;
  readonly #preparation = new JoinPreparation();
  #connection: RoomConnection;
  #opening: Promise<void> = Promise.resolve();

  constructor(room: RoomName) {
    quietSdkLog();
    this.#room = room;
    this.store.setState({ name: readName() });
    this.media = new LocalMedia({
      onDevice: (kind, device) => this.store.setState(withDevice(kind, device)),
      onMenus: (deviceMenus) => this.store.setState({ deviceMenus }),
      onEffects: (effects) => this.store.setState({ effects }),
    });
    this.chat = new Chat(room, {
      post: (message, signal) => postMessage(room, this.#token, message, signal),
      messagesBefore: (id) => getMessagesBefore(room, this.#token, id),
    });
    this.#connection = this.#newConnection();
    this.hosting = new HostActions(room, () => this.#connection.credentials.token);
    this.#entrance = new Entrance({
      connection: () => this.#connection,
      opened: () => this.#opening,
      onKnocking: (isKnocking) => this.store.setState({ phase: isKnocking ? "knocking" : "joining" }),
    });
    this.#hostMute = new HostMute({
      store: this.store,
      silence: () => void this.talk(false),
      unmute: (signal) => postUnmute(this.#connection.credentials.token, signal),
    });
    this.screenShare = new ScreenShare(
      () => this.#connection,
      (share) => this.store.setState({ share }),
    );
    const stopExpecting = expectJoin(this.store, this.#preparation, () => this.#connection.credentials);
    this.#disposal.signal.addEventListener("abort", stopExpecting, { once: true });
  }

  /** Opens token and stream, and the devices; after a reload in a call, goes straight back into it. Never rejects. */
  async start(): Promise<void> {
    const seat = readSeat(this.#room);
    if (seat) this.store.setState({ isResuming: true });
    const devices = { microphone: seat?.microphoneOn ?? true, camera: seat?.cameraOn ?? true };
    await Promise.all([this.#start(), this.media.open(devices)]);
  }

  /** Becomes a member and joins the call. Never rejects: a refusal is in the store, and the person can try again. */
  async join(name: string): Promise<void> {
    const { phase } = this.store.getState();
    if (phase !== "opening" && phase !== "ready") return;
    this.store.setState({ phase: "joining", problem: null, name });
    this.chat.beginAnew();
    try {
      // The click may come before the room is open: it counts all the same.
      await this.#opening;
      if (this.store.getState().phase !== "joining") return;
      const client = await this.#entrance.comeIn(name, () => this.#takeSeat(name));
      if (!this.#disposal.signal.aborted) this.#enter(client);
    } catch (error) {
      if (this.#disposal.signal.aborted) return;
      const isGivenUp = error instanceof AppError && error.code === "aborted";
      this.store.setState({ phase: "ready", problem: isGivenUp ? null : wordsFor(error) });
    }
  }

  /** Waits at a locked door no more. */
  giveUpKnocking(): void {
    this.#entrance.giveUp();
  }

  async toggleMicrophone(): Promise<void> {
    await this.media.microphone.toggle();
    this.#connection.remember(this.#devicesOn());
  }

  /**
   * The microphone for as long as a key is held. Remembered only when it is off again: a reload in between must not leave
   * it on.
   */
  async talk(isTalking: boolean): Promise<void> {
    await this.media.microphone.turn(isTalking);
    if (!isTalking) this.#connection.remember(this.#devicesOn());
  }

  async toggleCamera(): Promise<void> {
    await this.media.camera.toggle();
    this.#connection.remember(this.#devicesOn());
  }

  /**
   * Ends the visit, by the button or because the page is left: devices are given back at once, the others see this one
   * go. To be called once at least, and more often without harm.
   */
  async leave(): Promise<void> {
    if (this.#disposal.signal.aborted) return;
    this.#disposal.abort();
    this.#entrance.giveUp();
    this.#hostMute.dispose();
    this.media.close();
    const { phase, stay } = this.store.getState();
    if (stay) storeLeftRoom(this.#room);
    if (phase !== "ended") this.#end("left");
    await this.#connection.leave();
  }

  /** Raises or lowers this person's hand, or as a host lowers another's. @throws {AppError} */
  async setHand(isRaised: boolean, uid?: Uid): Promise<void> {
    await postHand(this.#token, { isRaised, ...(uid === undefined ? {} : { uid }) });
  }

  /** A new name for everyone to see, and for the next time. @throws {AppError} */
  async rename(name: string): Promise<void> {
    await patchMember(this.#token, name);
    this.store.setState({ name });
    this.#connection.remember({ name });
    storeName(name);
  }

  /** A client that is to join nothing, to draw with. Of the transport of our own: it is nothing before it joins. */
  newIdleClient(): IAgoraRTCClient {
    return createRtcClient({ transport: "embedded", signalling: this.#connection.signalling });
  }

  /** Has everyone in the room know whom this page cannot reach. */
  tellUnreachable(unreachable: UnreachablePeer[]): void {
    this.#connection.tellUnreachable(unreachable);
  }

  /** @param error what the client's `join` rejected with; `undefined` when it did not */
  noteJoinError(error: unknown): void {
    const joinProblem = error === undefined ? null : (joinProblemOf(error) ?? "unknown");
    this.store.setState({ joinProblem });
  }

  /** Tells the one who runs the server what keeps this browser from sound and picture. */
  reportProblem(problem: MediaProblem): void {
    postProblem(this.#token, problem).catch((error: unknown) =>
      logWarning("The problem could not be reported.", error),
    );
  }

  #start(): Promise<void> {
    this.#opening = this.#open().then((resumed) => {
      if (this.#disposal.signal.aborted) return;
      this.store.setState({ problem: null, isResuming: resumed !== undefined });
      if (resumed) {
        this.store.setState({ name: resumed.name });
        this.#enter();
      } else if (this.store.getState().phase === "opening") {
        this.store.setState({ phase: "ready" });
      }
    });
    return this.#opening;
  }

  async #open(): Promise<StoredSeat | undefined> {
    for (let failures = 0; !this.#disposal.signal.aborted; failures++) {
      try {
        return await this.#connection.open();
      } catch (error) {
        if (this.#disposal.signal.aborted) break;
        if (!(error instanceof AppError)) logWarning("The room could not be opened.", error);
        this.store.setState({ problem: wordsFor(error) });
        if (error instanceof AppError && !mayPass(error)) await wait(RETRY.maxMs, this.#disposal.signal);
        else await wait(backOffMs(failures, RETRY), this.#disposal.signal);
      }
    }
    return undefined;
  }

  /** @returns the client that is to join in the name of the seat. What it says to those who are there goes with the request. */
  async #takeSeat(name: string): Promise<IAgoraRTCClient> {
    const { signal } = this.#disposal;
    const connection = this.#connection;
    const client = this.#newClient();
    const seat = { ...connection.credentials, instance: connection.instance, role: "person" } as const;
    const ahead = this.#preparation.begin(client, seat, () => this.#tracksOn());
    try {
      // One that takes longer follows.
      await Promise.race([ahead.offered, wait(OFFER_MS, signal)]);
      await connection.join({ name, ...this.#devicesOn() });
      signal.throwIfAborted();
    } catch (error) {
      ahead.giveUp();
      throw error;
    }
    return client;
  }

  /** The connection has its seat: from here the client joins, and the screen is the call's. */
  #enter(client = this.#newClient()): void {
    const { credentials } = this.#connection;
    storeRecentRoom(this.#room);
    this.store.setState((state) => ({
      ...this.#rosterAnew(state),
      phase: "joined",
      problem: null,
      stay: { client, credentials },
    }));
    client.on("connection-state-change", (current, _previous, reason) => {
      if (current === "DISCONNECTED" && reason && reason !== "LEAVE") this.#onDropped(client, reason);
    });
  }

  #newClient(): IAgoraRTCClient {
    const { transport } = this.#connection.credentials;
    return createRtcClient({ transport, signalling: this.#connection.signalling });
  }

  /** The server will not give the uid back: the same person goes on under a new one, with the devices as they are. */
  async #startAgain(): Promise<void> {
    const { phase, name, stay } = this.store.getState();
    if (this.#disposal.signal.aborted || phase === "ended") return;
    this.chat.pause();
    this.#connection = this.#newConnection();
    if (!stay) {
      this.store.setState({ players: {}, order: [], ...NO_SCREENS });
      await this.#start();
      return;
    }
    this.store.setState({ isRejoining: true });
    // Left by hand before the screen lets go of it: a client that is left has no tracks to close, and they live on.
    await stay.client.leave();
    await this.#open();
    try {
      await this.#connection.join({ name, ...this.#devicesOn() });
      if (!this.#disposal.signal.aborted) this.#enter();
    } catch (error) {
      if (this.#disposal.signal.aborted) return;
      // What was shared with those people is not shared with whoever is there later, unasked.
      this.screenShare.stop();
      const problem = wordsFor(error);
      const outside = { phase: "ready", stay: null, isResuming: false, problem } as const;
      this.store.setState((state) => ({ ...this.#rosterAnew(state), ...outside }));
    } finally {
      this.store.setState({ isRejoining: false });
    }
  }

  /** The client was put out of the call by its network, not by this page. */
  #onDropped(client: IAgoraRTCClient, reason: string): void {
    const { phase, stay, isRejoining } = this.store.getState();
    if (this.#disposal.signal.aborted || phase === "ended" || isRejoining || stay?.client !== client) return;
    logWarning(`The client was disconnected: ${reason}.`);
    // What Agora says of a uid that joins elsewhere.
    if (reason === "UID_BANNED") this.#connection.giveWay();
    else {
      this.#connection.dispose();
      void this.#startAgain();
    }
  }

  #newConnection(): RoomConnection {
    return new RoomConnection(this.#room, {
      onRoster: (change) => {
        // Another connection's people stand there still, this person too; they are exchanged as one, at the entrance.
        if (this.store.getState().isRejoining) return;
        this.store.setState((state) => withRosterChange(state, change, this.#connection.selfUid));
      },
      onRoom: (room) => this.store.setState(withRoom(room, this.#connection.selfUid)),
      onKnocks: (knocks) => this.store.setState({ knocks }),
      onStandingOffer: (left) => this.#preparation.noteOffer(left),
      onEvent: (event) => {
        this.chat.take(event);
        this.reactions.take(event);
      },
      onConnectionChange: (isStreamConnected) => {
        // Who knocked may be gone when the stream is back, and the server tells anew who has not.
        this.store.setState(isStreamConnected ? { isStreamConnected } : { isStreamConnected, knocks: [] });
      },
      onTokenRenewed: (token) => {
        const client = this.store.getState().stay?.client;
        if (client?.connectionState !== "CONNECTED" && client?.connectionState !== "RECONNECTING") return;
        client.renewToken(token).catch((error: unknown) => logWarning("The client did not take the token.", error));
      },
      onSeatLost: () => void this.#startAgain(),
      onEnded: (reason, words) => {
        this.media.close();
        this.store.setState({ problem: words });
        this.#end(reason);
      },
    });
  }

  /** Those whom this connection knows, and nobody else. */
  #rosterAnew(state: CallState): Partial<CallState> {
    const nobody = { ...state, players: {}, order: [], ...NO_SCREENS };
    return withRosterChange(nobody, { set: this.#connection.members, left: [] }, this.#connection.selfUid);
  }

  #end(endReason: EndReason): void {
    this.screenShare.dispose();
    this.chat.pause();
    this.view.dispose();
    void this.pictureWindow.close();
    this.store.setState({ phase: "ended", endReason });
  }

  get #token(): RtcToken {
    return this.#connection.credentials.token;
  }

  #tracksOn(): ILocalTrack[] {
    const { microphone, camera } = this.media;
    return [microphone, camera].flatMap(({ track, state }) => (track && state.status === "on" ? track : []));
  }

  #devicesOn(): { microphoneOn: boolean; cameraOn: boolean } {
    const { microphone, camera } = this.store.getState();
    return { microphoneOn: microphone.status !== "off", cameraOn: camera.status !== "off" };
  }
}

function wordsFor(error: unknown): string {
  return error instanceof AppError ? error.message : "Something went wrong on the way in. Reload the page.";
}
