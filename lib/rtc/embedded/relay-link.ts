import { AppError } from "@/lib/app-error";
import type { Uid } from "@/lib/contracts/identifiers";
import type { RelayNotice } from "@/lib/contracts/relay";
import { logWarning } from "@/lib/log";
import type { Inlet } from "./inlet";
import type { LocalMedia } from "./local-media";
import { Pulse } from "./pulse";
import { RelayConnection, type RelayWish } from "./relay-connection";
import { RelayFlows } from "./relay-flows";
import { RelayUplink } from "./relay-uplink";
import { RelayWishes } from "./relay-wishes";
import type { RelayReach } from "./routes";
import type { RelayAccess } from "./signalling";
import type { Timings } from "./timings";
import type { PictureLimits } from "./video-encoding";

/** Slots are made in such numbers, so that few people who come cost a new connection. */
const SLOTS_AT_ONCE = 4;

export interface RelayContext {
  readonly role: "person" | "screen";
  readonly timings: Timings;
  readonly localMedia: LocalMedia;
  /** The small picture that those get who want no more; `undefined` where there is none to give. */
  readonly lowStream: () => PictureLimits | undefined;
  /** How much less than usual this page encodes, since its machine does not keep up (`CpuAdaptation`). */
  readonly stepsDown: () => number;
  readonly access: RelayAccess;
  readonly createConnection: () => RTCPeerConnection;
  /** The relay can be reached, or not any more; or what is received has another way in. */
  readonly onChange: () => void;
  /** The relay has room for someone's picture on this page's downlink, or has not. */
  readonly onPicture: (uid: Uid, isGiven: boolean) => void;
}

/**
 * A client's way to the server's relay, for as long as it is needed: connects, connects anew when the connection is lost or has too
 * little room, the new one before the old one goes, and says what it is to carry.
 */
export class RelayLink {
  readonly #context: RelayContext;
  readonly #wishes: RelayWishes;
  readonly #flows: RelayFlows;
  readonly #uplink: RelayUplink;
  /** The newest last. */
  #connections: RelayConnection[] = [];
  /** The newest that was up. */
  #current: RelayConnection | undefined;
  readonly #silent = new WeakSet<RelayConnection>();
  #pulse: Pulse;
  #isUp = false;
  #isNeeded = false;
  #isClosed = false;
  /** Since when the relay itself has been silent, the server having answered; `undefined` while that is not to be said. */
  #silentSinceMs: number | undefined;
  #isOut = false;
  /** Connections in a row that did not come up. */
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lingerTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #overlapTimers = new Set<ReturnType<typeof setTimeout>>();

  constructor(context: RelayContext) {
    this.#context = context;
    this.#pulse = new Pulse(context.timings.silenceMs);
    this.#wishes = new RelayWishes({
      access: context.access,
      askAgainMs: context.timings.relayAskAgainMs,
      current: () => this.#current,
      onGone: (connection) => this.#lose(connection),
    });
    this.#flows = new RelayFlows({
      wishes: this.#wishes,
      onSilence: context.onChange,
      onPicture: context.onPicture,
    });
    this.#uplink = new RelayUplink({
      role: context.role,
      localMedia: context.localMedia,
      lowStream: context.lowStream,
      stepsDown: context.stepsDown,
      connections: () => this.#connections,
      wantedRids: (connection) => (connection === this.current ? this.#flows.wantedRids(connection) : undefined),
    });
  }

  get reach(): RelayReach {
    if (!this.#isNeeded && this.#connections.length === 0) return "off";
    if (this.#isUp) return "up";
    return this.#isOut ? "out" : "trying";
  }

  /** The connection that carries: the newest that was up, else the newest. */
  get current(): RelayConnection | undefined {
    return this.#current ?? this.#connections.at(-1);
  }

  /** What does not need it any more is disconnected a little later: it may be needed again in a moment. */
  setNeeded(isNeeded: boolean): void {
    if (this.#isClosed || isNeeded === this.#isNeeded) return;
    this.#isNeeded = isNeeded;
    clearTimeout(this.#lingerTimer);
    if (!isNeeded) {
      this.#lingerTimer = setTimeout(() => this.#drop(), this.#context.timings.relayLingerMs);
    } else if (this.#connections.length === 0) {
      this.#connect();
    } else if (!this.#isUp) {
      this.#retryAfter(this.#context.timings.relayRetryMs);
    }
  }

  /** Has the relay give what is wanted of someone. */
  show(uid: Uid, wish: RelayWish): void {
    if (!this.#wishes.show(uid, wish)) return;
    const { current } = this;
    if (current && current.slotCount < this.#wishes.slotCount) this.#connect();
    else this.#wishes.tell();
  }

  hide(uid: Uid): void {
    if (!this.#wishes.hide(uid)) return;
    this.#flows.forget(uid);
    this.#wishes.tell();
  }

  /** Where someone's media comes in; `undefined` while there is no connection with a slot of theirs. */
  inlet(uid: Uid): Inlet | undefined {
    const shown = this.#wishes.get(uid);
    return shown && this.current?.inlet(shown.slot);
  }

  /** Whether what comes in by an inlet can be expected to go on. */
  isAlive({ connection }: Inlet): boolean {
    // One that has a successor goes on for a little, unless it had fallen silent.
    const owner = this.#connections.find((each) => each.connection === connection);
    return owner !== undefined && !this.#silent.has(owner) && connection.connectionState === "connected";
  }

  /** Nothing of someone comes to the relay, though they are connected with it: their page or their network stands still. */
  isSilent(uid: Uid): boolean {
    return this.#flows.isSilent(uid);
  }

  /** Brings what is sent into line with what is published. Resolves when it is. */
  updateMedia(): Promise<void> {
    return this.#uplink.update();
  }

  /** Brings the encoders into line with what there is to give, and who is to be given it. */
  tune(): void {
    this.#uplink.tune();
  }

  /** Takes in the relay's word. One of another client's connection, or of an old one, is passed over. */
  receive(notice: RelayNotice): void {
    const connection = this.#connections.find(({ id }) => id === notice.connection);
    if (!connection) return;
    switch (notice.type) {
      case "lost":
        this.#lose(connection);
        break;
      case "flow":
        this.#flows.note(connection, notice);
        if (connection === this.current) this.#applyFlow(connection);
        break;
      default:
        notice satisfies never;
    }
  }

  /** Takes in the count of all that has come in by a connection. */
  notePulse(connection: RTCPeerConnection, count: number): void {
    if (connection !== this.#current?.connection || connection.connectionState !== "connected") return;
    const heard = this.#pulse.note(count);
    if (heard === "silent") this.#doubt();
    else if (heard === "beats") this.#trust(this.#current);
  }

  /** The server was lost, or is back: whether it still knows this connection shows by asking. */
  check(): void {
    if (this.#current) this.#wishes.tell();
    else if (this.#isNeeded) this.#retryAfter(0);
  }

  close(): void {
    this.#isClosed = true;
    this.#wishes.close();
    clearTimeout(this.#lingerTimer);
    this.#drop();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    for (const timer of this.#overlapTimers) clearTimeout(timer);
    this.#overlapTimers.clear();
    for (const connection of this.#connections.splice(0)) connection.close();
    this.#current = undefined;
    this.#isOut = false;
    this.#isUp = false;
    this.#silentSinceMs = undefined;
    this.#failures = 0;
    this.#flows.clear();
    if (!this.#isClosed) this.#context.onChange();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    const { role, createConnection } = this.#context;
    const needed = Math.max(1, this.#wishes.slotCount);
    const slotCount = role === "screen" ? 0 : Math.ceil(needed / SLOTS_AT_ONCE) * SLOTS_AT_ONCE;
    // One that never came up is in nobody's way.
    for (const unfinished of this.#connections.filter((each) => each !== this.#current)) this.#forget(unfinished);
    this.#retryAfter(this.#nextWaitMs());
    let connection: RelayConnection;
    try {
      connection = new RelayConnection(createConnection(), { slotCount, role });
    } catch (error) {
      // A browser makes only so many.
      logWarning("No connection to the relay can be made.", error);
      return;
    }
    this.#connections.push(connection);
    connection.connection.addEventListener("connectionstatechange", () => this.#onStateChange(connection));
    this.#open(connection).catch((error: unknown) => this.#onRefused(connection, error));
    this.#context.onChange();
  }

  async #open(connection: RelayConnection): Promise<void> {
    this.#attachInBackground();
    await connection.open((sdp, signal) =>
      this.#context.access.open(
        { connection: connection.id, sdp, receives: connection.receives(this.#wishes.all) },
        signal,
      ),
    );
    if (connection !== this.#connections.at(-1) || connection === this.#current) return;
    // Only now is it the relay's turn: however long a busy server took, that says nothing of the way to it.
    this.#noteSilence();
    this.#retryAfter(this.#nextWaitMs());
  }

  #onRefused(connection: RelayConnection, error: unknown): void {
    if (this.#isClosed || !this.#connections.includes(connection)) return;
    this.#forget(connection);
    const isOffline = error instanceof AppError && (error.code === "offline" || error.code === "unavailable");
    if (!isOffline) {
      logWarning("The relay refuses a connection.", error);
      this.#noteSilence();
    }
    this.#retryAfter(isOffline ? this.#context.timings.relayAskAgainMs : this.#context.timings.relayRetryMs);
  }

  #onStateChange(connection: RelayConnection): void {
    if (!this.#connections.includes(connection)) return;
    switch (connection.connection.connectionState) {
      case "connected":
        this.#onConnected(connection);
        break;
      case "disconnected":
        if (connection === this.#current) this.#doubt();
        break;
      case "failed":
      case "closed":
        this.#lose(connection);
        break;
    }
  }

  #onConnected(connection: RelayConnection): void {
    if (connection === this.#connections.at(-1)) clearTimeout(this.#timer);
    if (connection !== this.#current) {
      const before = this.#connections.slice(0, this.#connections.indexOf(connection));
      this.#current = connection;
      // Whoever is received by the old one is so until the new one gives them.
      const timer = setTimeout(() => {
        this.#overlapTimers.delete(timer);
        for (const old of before) this.#forget(old);
        this.#context.onChange();
      }, this.#context.timings.relayOverlapMs);
      this.#overlapTimers.add(timer);
    }
    this.#failures = 0;
    this.#applyFlow(connection);
    this.#pulse.begin();
    this.#silent.delete(connection);
    this.#attachInBackground();
    // What was wished for since the offer was made.
    this.#wishes.tell();
    this.#setUp(true);
    this.#context.onChange();
    // It was asked for more meanwhile.
    if (connection.slotCount < this.#wishes.slotCount) this.#connect();
  }

  #trust(connection: RelayConnection): void {
    this.#silent.delete(connection);
    this.#setUp(true);
  }

  /** It may be over: another one is made, and whichever is there first carries on. */
  #doubt(): void {
    const current = this.#current;
    // It goes on being silent: the next try comes by its time.
    if (!current || this.#silent.has(current)) return;
    this.#silent.add(current);
    this.#setUp(false);
    if (this.#connections.at(-1) === current) this.#connect();
  }

  #lose(connection: RelayConnection): void {
    const isCurrent = connection === this.#current;
    const isNewest = connection === this.#connections.at(-1);
    this.#forget(connection);
    if (isCurrent) {
      this.#current = undefined;
      this.#setUp(false);
    }
    const hasSuccessor = this.#connections.length > 0 && !(isCurrent && isNewest);
    if (this.#isNeeded && !hasSuccessor) this.#retryAfter(0);
    this.#context.onChange();
  }

  #forget(connection: RelayConnection): void {
    this.#connections = this.#connections.filter((each) => each !== connection);
    connection.close();
  }

  #setUp(isUp: boolean): void {
    if (this.#isUp === isUp) return;
    this.#isUp = isUp;
    this.#silentSinceMs = undefined;
    if (isUp) this.#isOut = false;
    this.#context.onChange();
  }

  #retryAfter(waitMs: number): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => this.#retry(), waitMs);
  }

  #noteSilence(): void {
    if (!this.#isUp) this.#silentSinceMs ??= performance.now();
  }

  /** Two are made in quick succession, as one that fell into a gap of the network is best made anew; later ones ever more slowly. */
  #nextWaitMs(): number {
    const { relayRetryMs, maxRetryMs } = this.#context.timings;
    return Math.min(relayRetryMs * 1.5 ** Math.max(0, this.#failures - 1), maxRetryMs);
  }

  #retry(): void {
    const hasRoom = (this.#current?.slotCount ?? 0) >= this.#wishes.slotCount;
    if (!this.#isNeeded || (this.#isUp && hasRoom)) return;
    const newest = this.#connections.at(-1);
    const { relayPatienceMs, maxRetryMs } = this.#context.timings;
    if (newest && newest !== this.#current && newest.isUnderWay && newest.ageMs < maxRetryMs) {
      // On a machine that has too much to do another one would only be more to do, and come no further.
      this.#retryAfter(this.#nextWaitMs());
      return;
    }
    const silentMs = this.#silentSinceMs === undefined ? 0 : performance.now() - this.#silentSinceMs;
    if (!this.#isUp && !this.#isOut && silentMs >= relayPatienceMs) {
      this.#isOut = true;
      this.#context.onChange();
    }
    this.#failures++;
    this.#connect();
  }

  #applyFlow(connection: RelayConnection): void {
    this.tune();
    this.#flows.apply(connection);
  }

  #attachInBackground(): void {
    this.updateMedia().catch((error: unknown) => {
      if (!this.#isClosed) logWarning("A track could not be attached.", error);
    });
  }
}
