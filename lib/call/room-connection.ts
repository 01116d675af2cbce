import * as v from "valibot";
import { deleteKnock, postKnock } from "@/lib/api/hosting-api";
import {
  deleteMember,
  openEvents,
  postAway,
  postLinks,
  postOffer,
  postPong,
  postSignals,
  requestScreenToken,
  requestToken,
} from "@/lib/api/room-api";
import { AppError } from "@/lib/app-error";
import type { RoomEvent, RoomEventData } from "@/lib/contracts/events";
import type { Knock, RoomState } from "@/lib/contracts/hosting";
import type { Credentials, JoinAnswer } from "@/lib/contracts/http";
import { Instance, type RoomName, type RtcToken, type Uid } from "@/lib/contracts/identifiers";
import type { Member, UnreachablePeer } from "@/lib/contracts/members";
import { listen } from "@/lib/listen";
import { logWarning } from "@/lib/log";
import { randomUuid } from "@/lib/random-uuid";
import type { Address, LeftOffer, SignallingEnd } from "@/lib/rtc/embedded/signalling";
import { Doorbell } from "./doorbell";
import { EventStream } from "./event-stream";
import { LatestReport } from "./latest-report";
import { LinkReport } from "./link-report";
import { MemberSeat } from "./member-seat";
import { MemberSignalling } from "./member-signalling";
import { OwnScreen } from "./own-screen";
import { PeerBook } from "./peer-book";
import { Roster, type RosterChange } from "./roster";
import { RosterNews } from "./roster-news";
import type { ScreenConnection, ScreenListener } from "./screen-connection";
import type { StoredSeat } from "./seat-storage";
import { SignalExchange } from "./signal-exchange";
import { TabSeat } from "./tab-seat";
import { TokenKeeper } from "./token-keeper";

export interface RoomConnectionListener {
  onRoster(change: RosterChange): void;
  onRoom(room: RoomState): void;
  /** Who is at the locked door; told to the host alone. */
  onKnocks(knocks: Knock[]): void;
  /** What someone who is alone in the call has left for whoever comes first; `null`: there is nothing, or nothing any more. */
  onStandingOffer(left: { from: Address; offer: unknown } | null): void;
  /** Each event of the room, after this connection has taken what it needs of it. */
  onEvent(event: RoomEvent): void;
  onConnectionChange(isConnected: boolean): void;
  /** A renewed token for the same uid, to be handed to the client. */
  onTokenRenewed(token: RtcToken): void;
  /** The server does not know this seat any more and will not give it back: only a new uid can go on. */
  onSeatLost(): void;
  /** @param words the server's own, for `refused` */
  onEnded(reason: SignallingEnd | "refused", words: string | null): void;
}

/** A tab's one link to its room on the server, in both transports: its token, its event stream, the roster, its seat. */
export class RoomConnection {
  readonly instance = v.parse(Instance, randomUuid());
  /** All that `EmbeddedClient` sees of it. */
  readonly signalling: MemberSignalling;
  readonly #room: RoomName;
  readonly #listener: RoomConnectionListener;
  readonly #disposal = new AbortController();
  readonly #roster: Roster;
  readonly #news: RosterNews;
  readonly #peers = new PeerBook();
  readonly #signals: SignalExchange;
  readonly #links: LinkReport;
  readonly #offers: LatestReport<LeftOffer>;
  readonly #tokens: TokenKeeper;
  readonly #tabSeat: TabSeat;
  readonly #memberSeat: MemberSeat;
  readonly #doorbell: Doorbell;
  readonly #ownScreen: OwnScreen;
  readonly #disposers: Array<() => void> = [];
  #stream: EventStream | undefined;
  #isConnected = false;
  #isTakingSeat = false;

  constructor(room: RoomName, listener: RoomConnectionListener) {
    this.#room = room;
    this.#listener = listener;
    this.#tabSeat = new TabSeat(room, this.#disposal.signal);
    this.#tokens = new TokenKeeper({
      renew: (token, signal) => requestToken(room, token, signal),
      onRenewed: (credentials) => this.#onRenewed(credentials),
      onLost: () => this.#onTokenLost(),
    });
    this.#roster = new Roster((change) => this.#onRosterChange(change));
    this.#news = new RosterNews({
      isToLink: (uid) => this.#isToLink(uid),
      onNews: (change) => listener.onRoster(change),
    });
    this.#memberSeat = new MemberSeat({
      room,
      instance: this.instance,
      tokens: this.#tokens,
      tabSeat: this.#tabSeat,
      roster: this.#roster,
      signal: this.#disposal.signal,
      onRetaken: (token) => listener.onTokenRenewed(token),
      onRemoved: () => this.#end("removed"),
      onLost: () => this.#onTokenLost(),
    });
    this.#doorbell = new Doorbell({
      post: (name, signal) => postKnock(room, this.#tokens.token, name, signal),
      withdraw: () => deleteKnock(room, this.#tokens.token),
    });
    this.#signals = new SignalExchange((signals, signal) => {
      const posted = postSignals(room, this.#tokens.token, signals, signal);
      for (const { to } of signals) this.#news.noteSettled(to);
      return posted;
    });
    const shared = {
      instance: this.instance,
      signals: this.#signals,
      isConnected: () => this.#isConnected,
      peers: () => this.#peers.peers,
      signal: this.#disposal.signal,
    };
    this.#offers = new LatestReport((left, signal) =>
      postOffer(this.#tokens.token, { instance: this.instance, ...left }, signal),
    );
    const own = { room, tokens: this.#tokens, tabSeat: this.#tabSeat };
    const signalling = new MemberSignalling({
      ...shared,
      ...own,
      leaveOffer: (left) => this.#offers.say(left ?? { offer: null, onJoin: null }),
      noteLinked: (uid) => this.#news.noteSettled(uid),
    });
    this.signalling = signalling;
    const owner = { ...shared, relayOf: (screen: Uid) => signalling.relayOf(screen) };
    this.#ownScreen = new OwnScreen(owner, () => requestScreenToken(room, this.#tokens.token, this.#disposal.signal));
    this.#links = new LinkReport((unreachable, signal) =>
      postLinks(this.#tokens.token, { instance: this.instance, unreachable }, signal),
    );
  }

  /**
   * Takes a token and opens the stream: the tab's own seat, if it was in this room before a reload; else a place in the
   * lobby, of which nobody learns.
   *
   * @returns the seat that was taken again, or `undefined`
   * @throws {AppError} `offline`, or what the server says
   */
  async open(): Promise<StoredSeat | undefined> {
    const resumed = await this.#tabSeat.resume(({ token, name }) => this.#memberSeat.take(token, name));
    if (resumed) this.#signals.open();
    else this.#tokens.take(await requestToken(this.#room, undefined, this.#disposal.signal));
    if (this.#disposal.signal.aborted) throw new AppError("aborted", "Cancelled.");
    this.#stream = new EventStream({
      open: (lastEventId, signal) =>
        openEvents(this.#room, this.#tokens.token, { instance: this.instance, lastEventId, signal }),
      onEvent: (event) => this.#onEvent(event),
      onConnectionChange: (isConnected) => this.#onConnectionChange(isConnected),
      onRefused: (error) => this.#onRefused(error),
    });
    this.#disposers.push(
      listen(window, "online", () => this.#wake()),
      listen(window, "offline", () => this.#stream?.interrupt()),
      listen(window, "pageshow", () => this.#wake()),
      listen(document, "visibilitychange", () => this.#wake()),
      listen(window, "pagehide", () => this.#sayAway()),
    );
    return resumed;
  }

  /**
   * Becomes a member: from here on the others see this one.
   *
   * @throws {AppError} `room_full`, `room_locked`, `removed`, `offline`
   */
  async join(seat: Pick<StoredSeat, "name" | "microphoneOn" | "cameraOn">): Promise<JoinAnswer> {
    this.#isTakingSeat = true;
    // The lock takes as long as the server does: they are waited for together.
    const locking = this.#tabSeat.lock(this.#tokens.credentials.uid);
    try {
      const { ahead } = this.#signals;
      const answer = await this.#memberSeat.take(this.#tokens.token, seat.name, ahead);
      this.#signals.open(ahead);
      const { uid, name, token } = answer;
      this.#tabSeat.hold({ ...seat, name, uid, token }, await locking);
      return answer;
    } catch (error) {
      this.#signals.forgetAll();
      locking.then(
        (release) => release?.(),
        (cause: unknown) => logWarning("The seat's lock could not be had.", cause),
      );
      throw error;
    } finally {
      this.#isTakingSeat = false;
    }
  }

  /**
   * Asks those inside a locked room to be let in, and waits.
   *
   * @param signal gives up
   * @throws {AppError} the host's "no" in words; `aborted`
   */
  knock(name: string, signal: AbortSignal): Promise<void> {
    return this.#doorbell.ring(name, signal);
  }

  /** Keeps what a reload should find. */
  remember(change: Partial<Pick<StoredSeat, "name" | "microphoneOn" | "cameraOn">>): void {
    this.#tabSeat.update(change);
  }

  /** Has everyone in the room know whom this page cannot reach. */
  tellUnreachable(unreachable: UnreachablePeer[]): void {
    this.#links.say(unreachable);
  }

  /**
   * Has the server know of a screen that this person shares, in the place of one shared before.
   *
   * @param sharing aborts when they share it no more
   * @throws {AppError} `not_a_member` while there is no seat, `offline`, …
   */
  async openScreen(listener: ScreenListener, sharing: AbortSignal): Promise<ScreenConnection> {
    if (!this.#tabSeat.held) throw new AppError("not_a_member", "You are not in this call.");
    return this.#ownScreen.open(listener, sharing);
  }

  get credentials(): Credentials {
    return this.#tokens.credentials;
  }

  /** This page's uid, from the first token on. */
  get selfUid(): Member["uid"] | undefined {
    return this.#tokens.uid;
  }

  /** Everyone in the room, this page's member too. */
  get members(): Member[] {
    return this.#roster.members;
  }

  /** Leaves the room for everyone to see, and ends. */
  async leave(): Promise<void> {
    const isSeated = this.#tabSeat.held !== undefined || this.#isTakingSeat;
    if (!isSeated) {
      this.dispose();
      return;
    }
    this.#tabSeat.forget();
    const { token } = this.#tokens;
    this.dispose();
    try {
      await deleteMember(token);
    } catch (error) {
      logWarning("The server could not be told of the leaving; it will notice by itself.", error);
    }
  }

  /** The uid is used elsewhere: this page ends, and leaves it to the other. */
  giveWay(): void {
    this.#end("replaced");
  }

  dispose(): void {
    this.#disposal.abort();
    this.#doorbell.close();
    this.#ownScreen.lose();
    this.#stream?.close();
    this.#signals.close();
    this.#links.close();
    this.#offers.close();
    this.#roster.dispose();
    this.#news.dispose();
    this.#tokens.dispose();
    this.#tabSeat.dispose();
    for (const dispose of this.#disposers.splice(0)) dispose();
  }

  // Events

  #onEvent(event: RoomEvent): void {
    switch (event.type) {
      case "welcome":
        this.#listener.onStandingOffer(null);
        this.#onWelcome(event.data);
        break;
      case "member-joined":
        this.#listener.onStandingOffer(null);
        this.#roster.set(event.data);
        break;
      case "member-updated":
        this.#roster.set(event.data);
        break;
      case "standing-offer":
        this.#onStandingOffer(event.data);
        break;
      case "member-left":
        this.#onMemberLeft(event.data.uid);
        break;
      case "signal":
        this.#onSignal(event.data);
        break;
      case "relay":
        this.#signals.tell({ type: "relay", notice: event.data });
        break;
      case "ping":
        void this.#answer(event.data.ping);
        break;
      case "replaced":
        this.#end("replaced");
        break;
      case "removed":
        this.#end("removed");
        break;
      case "room-updated":
        this.#listener.onRoom(event.data);
        break;
      case "knocks":
        this.#listener.onKnocks(event.data.knocks);
        break;
      case "knock-answered":
        this.#doorbell.noteAnswer(event.data.isAdmitted);
        break;
      case "message":
      case "reaction":
      // The stream ends by itself after these two; its next opening renews the token, or waits for the server.
      case "token-expired":
      case "shutdown":
        break;
      default:
        event satisfies never;
    }
    this.#listener.onEvent(event);
  }

  #onWelcome({ members, room, self }: RoomEventData<"welcome">): void {
    this.#listener.onRoom(room);
    // Who waits at the door comes after this, if anyone does.
    this.#listener.onKnocks([]);
    // Outside a locked door nobody is seen. Who has a seat there is back inside in a moment, and their call goes on.
    if (!(room.isLocked && self.kind === "lobby")) this.#roster.welcome(members);
    else if (!this.#tabSeat.held) this.#roster.clear();
    const isKnown = members.some((member) => member.uid === this.selfUid);
    if (this.#tabSeat.held && !isKnown) void this.#memberSeat.retake();
  }

  #onMemberLeft(uid: Member["uid"]): void {
    this.#roster.remove(uid);
    if (this.#tabSeat.held && uid === this.#tokens.credentials.uid) void this.#memberSeat.retake();
  }

  #onSignal({ from, fromInstance, to, signal }: RoomEventData<"signal">): void {
    this.#signals.receive({ to, self: this.selfUid, from: { uid: from, instance: fromInstance }, signal });
  }

  #onStandingOffer({ uid, instance, offer }: RoomEventData<"standing-offer">): void {
    this.#listener.onStandingOffer(offer === null ? null : { from: { uid, instance }, offer });
  }

  async #answer(ping: number): Promise<void> {
    try {
      await postPong(this.#tokens.token, ping);
    } catch (error) {
      if (!this.#disposal.signal.aborted) logWarning("A ping could not be answered.", error);
    }
  }

  #onRosterChange(change: RosterChange): void {
    this.#news.put(change);
    for (const event of this.#peers.take(change)) {
      if (event.type === "peer-left") this.#signals.forget(event.uid);
      this.#signals.tell(event);
    }
    const own = change.set.find(({ uid, instance }) => uid === this.selfUid && instance === this.instance);
    if (!own) return;
    this.#links.noteKnown(own.unreachable);
    this.#ownScreen.note(own.screen);
  }

  /** Whoever comes in has a description with them, and it is this page's turn. To one that nobody sees a moment is a second. */
  #isToLink(uid: Uid): boolean {
    const { transport, topology } = this.#tokens.credentials;
    const isInCall = this.#tabSeat.held !== undefined && uid !== this.selfUid;
    return isInCall && transport === "embedded" && topology !== "relay" && !document.hidden;
  }

  #onConnectionChange(isConnected: boolean): void {
    this.#isConnected = isConnected;
    this.#listener.onConnectionChange(isConnected);
    this.#signals.tell({ type: "connection", isConnected });
    if (isConnected) this.#doorbell.ringAgain();
  }

  // Tokens and endings

  async #onRefused(error: AppError): Promise<boolean> {
    if (isAboutToken(error)) return this.#tokens.renew();
    logWarning("The server refuses the event stream.", error);
    if (error.code === "removed") this.#end("removed");
    else this.#end("refused", error.message);
    return false;
  }

  #onRenewed(credentials: Credentials): void {
    if (!this.#tabSeat.held) return;
    this.#tabSeat.update({ token: credentials.token });
    this.#listener.onTokenRenewed(credentials.token);
  }

  #onTokenLost(): void {
    if (this.#disposal.signal.aborted) return;
    this.#giveUpSeat();
    this.#listener.onSeatLost();
  }

  #end(reason: SignallingEnd | "refused", words: string | null = null): void {
    this.#signals.tell({ type: "ended", reason: reason === "refused" ? "removed" : reason });
    this.#giveUpSeat();
    this.#listener.onEnded(reason, words);
  }

  /** The uid is not this page's any more, and may be another's: from here on nothing is said in its name. */
  #giveUpSeat(): void {
    this.#tabSeat.forget();
    this.dispose();
  }

  #wake(): void {
    if (document.visibilityState === "hidden") return;
    this.#stream?.hurry();
    this.#tokens.check();
  }

  #sayAway(): void {
    this.#doorbell.leave();
    if (!this.#tabSeat.held) return;
    postAway(this.#tokens.token, this.instance).catch((error: unknown) => logWarning("Going was not said.", error));
  }
}

function isAboutToken(error: AppError): boolean {
  return error.code === "token_expired" || error.code === "token_invalid" || error.code === "token_missing";
}
