import * as v from "valibot";
import { AppError } from "@/lib/app-error";
import { Instance, RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import type { Topology } from "@/lib/contracts/relay";
import type {
  Address,
  LeftOffer,
  Peer,
  RelayAccess,
  Seat,
  Signalling,
  SignallingEnd,
  SignallingEvent,
} from "@/lib/rtc/embedded/signalling";

const A_DAY_MS = 86_400_000;

interface PageOptions {
  expiresInMs?: number | undefined;
  /** It is no page of its own, but gives the screen of the one whose page this is. */
  screenOf?: MemoryPage | undefined;
}

/** A room's server in memory: a roster, and signals in order between its pages, which a test can delay, drop or cut. */
export class MemoryRoom {
  readonly room = v.parse(RoomName, "MAIN");
  readonly pages = new Map<number, MemoryPage>();
  topology: Topology = "direct";
  /** How long a signal is under way. Set it while signals are under way and they keep their order all the same. */
  delayMs: () => number = () => 0;
  /** Nothing that is sent arrives before this. */
  held: Promise<void> = Promise.resolve();
  /** What does not arrive. */
  isDropped: (from: Peer, to: Peer, signal: unknown) => boolean = () => false;
  /** What is made of a signal on its way. */
  change: (signal: unknown, from: Peer, to: Peer) => unknown = (signal) => signal;
  /** Everything that was sent. */
  readonly log: { from: number; to: number; signal: unknown }[] = [];
  /** What was left for whoever comes first, by the one who is alone. */
  standingOffer: ({ from: Address } & LeftOffer) | undefined;

  /** A new page takes part; one of the same uid that was there is told that it is replaced. */
  enter(uid: number, options: PageOptions = {}): MemoryPage {
    this.pages.get(uid)?.end("replaced");
    const page = new MemoryPage(this, uid, options);
    this.pages.set(uid, page);
    this.broadcast(page.self, { type: "peer", peer: page.self });
    const { standingOffer } = this;
    this.standingOffer = undefined;
    if (standingOffer) page.deliver({ type: "signal", from: standingOffer.from, signal: standingOffer.onJoin });
    return page;
  }

  /** The server has lost a page for good. */
  remove(uid: number): void {
    const page = this.pages.get(uid);
    if (!page) return;
    this.pages.delete(uid);
    this.broadcast(page.self, { type: "peer-left", uid: page.self.uid });
  }

  broadcast(from: Peer, event: SignallingEvent): void {
    for (const page of this.pages.values()) if (page.self.uid !== from.uid) page.deliver(event);
  }
}

function noRelay(): AppError<"unavailable"> {
  return new AppError("unavailable", "There is no relay in memory.");
}

/** One page's `Signalling` over a `MemoryRoom`. */
export class MemoryPage implements Signalling {
  readonly self: Peer;
  seat: Seat | null;
  isConnected = true;
  /** It is on its way in: what it says waits. */
  isOutside = false;
  /** What `renewToken` says against the next token. */
  refusal: AppError | undefined;
  renewedForMs = A_DAY_MS;
  /** This page's network lets nothing through to the relay. */
  isRelayClosed = false;
  /** How long the server takes for an answer of the relay's. */
  relayAnswersAfterMs = 0;
  readonly #room: MemoryRoom;
  readonly #listeners = new Set<(event: SignallingEvent) => void>();
  readonly #unheard: SignallingEvent[] = [];
  readonly #outbox: { to: Peer; signal: unknown }[] = [];
  #lane: Promise<void> = Promise.resolve();

  constructor(room: MemoryRoom, uid: number, { expiresInMs = A_DAY_MS, screenOf }: PageOptions) {
    this.#room = room;
    const instance = screenOf?.self.instance ?? v.parse(Instance, crypto.randomUUID());
    this.self = { uid: v.parse(Uid, uid), instance, role: screenOf ? "screen" : "person" };
    this.seat = {
      room: room.room,
      ...this.self,
      token: v.parse(RtcToken, `007-token-of-${uid}`),
      expiresAtMs: performance.now() + expiresInMs,
      iceServers: [],
      topology: room.topology,
    };
  }

  relay: RelayAccess = {
    open: () => Promise.reject(noRelay()),
    ask: () => Promise.reject(noRelay()),
  };

  get peers(): readonly Peer[] {
    return [...this.#room.pages.values()].map((page) => page.self).filter(({ uid }) => uid !== this.self.uid);
  }

  listen(listener: (event: SignallingEvent) => void): () => void {
    this.#listeners.add(listener);
    for (const event of this.#unheard.splice(0)) listener(event);
    return () => this.#listeners.delete(listener);
  }

  send(to: Peer, signal: unknown): void {
    // As over a wire: what is sent is a copy, and has to survive being JSON.
    this.#outbox.push({ to, signal: JSON.parse(JSON.stringify(signal)) });
    this.#flush();
  }

  noteLinked(): void {
    // Nothing is drawn here.
  }

  leaveOffer(left: LeftOffer | null): void {
    if (this.#room.pages.size > 1 || !this.isConnected) return;
    this.#room.standingOffer = left ? { from: this.self, ...JSON.parse(JSON.stringify(left)) } : undefined;
  }

  async renewToken(token: RtcToken): Promise<void> {
    if (this.refusal) throw this.refusal;
    if (this.seat) this.seat = { ...this.seat, token, expiresAtMs: performance.now() + this.renewedForMs };
  }

  /** The server is lost to this page, or back. */
  setConnected(isConnected: boolean): void {
    this.isConnected = isConnected;
    this.deliver({ type: "connection", isConnected });
    for (const page of this.#room.pages.values()) page.#flush();
  }

  /** It has its seat: everyone hears what it has said until now. */
  comeIn(): void {
    this.isOutside = false;
    this.#flush();
  }

  end(reason: SignallingEnd): void {
    this.seat = null;
    this.isConnected = false;
    this.deliver({ type: "ended", reason });
  }

  deliver(event: SignallingEvent): void {
    if (this.#listeners.size === 0 && event.type === "signal") this.#unheard.push(event);
    for (const listener of [...this.#listeners]) listener(event);
  }

  #flush(): void {
    if (!this.isConnected || this.isOutside) return;
    for (const { to, signal } of this.#outbox.splice(0)) {
      this.#room.log.push({ from: this.self.uid, to: to.uid, signal });
      const delayMs = this.#room.delayMs();
      const arrival = new Promise<void>((resolve) => setTimeout(resolve, delayMs));
      const { held } = this.#room;
      this.#lane = this.#lane.then(() => Promise.all([arrival, held])).then(() => this.#arrive(to, signal));
    }
  }

  #arrive(to: Peer, signal: unknown): void {
    const page = this.#room.pages.get(to.uid);
    const isHere = this.#room.pages.get(this.self.uid) === this;
    if (!page || !isHere || page.self.instance !== to.instance) return;
    if (!page.isConnected) {
      this.#outbox.push({ to, signal });
      return;
    }
    if (this.#room.isDropped(this.self, to, signal)) return;
    page.deliver({ type: "signal", from: this.self, signal: this.#room.change(signal, this.self, to) });
  }
}
