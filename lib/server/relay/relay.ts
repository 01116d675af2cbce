import "server-only";
import type { Worker } from "node:worker_threads";
import { AppError } from "@/lib/app-error";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { RelayNotice, RelayOffer, RelaySlots } from "@/lib/contracts/relay";
import { relayAddresses } from "./addresses";
import type { FromWorker, RelayFigures, ToWorker, WorkerStart } from "./messages";
import type { PeerAddress } from "./relay-peer";

/** An answer takes some milliseconds, unless the worker is gone. */
const ANSWER_MS = 5_000;
/** A worker that dies at once is not started again as fast as it dies. */
const RESTART_MS = 200;

const NO_FIGURES: RelayFigures = { connections: 0, sent: 0, leastDownlink: null, dropped: {} };

type Call = Extract<ToWorker, { id: number }>;
type CallAnswer = Extract<FromWorker, { id: number }>;
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

interface RelayOptions {
  startWorker(start: WorkerStart): Worker;
  /** Where it listens; another port is taken when this one is in use. */
  port: number;
  /** The machine's addresses as others see it, where they are not its own. */
  publicAddresses: readonly string[];
  onNotice(to: PeerAddress, notice: RelayNotice): void;
  onListening(port: number): void;
  onFailed(error: unknown): void;
}

/**
 * The main thread's end of the relay. Its worker is started again when it dies; whoever was connected is told, and
 * connects anew.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #peers = new Map<string, PeerAddress>();
  /** Those whose answer has not come yet, and who have not been removed since. */
  readonly #opening = new Set<PeerAddress>();
  readonly #waiting = new Map<number, (answer: CallAnswer | undefined) => void>();
  #worker: Worker | undefined;
  #figures = NO_FIGURES;
  #nextId = 0;
  #port: number;
  #restart: NodeJS.Timeout | undefined;
  #isListening = false;
  #isStopped = false;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#port = options.port;
    this.#start();
  }

  /** Of a second ago at most. */
  get figures(): RelayFigures {
    return this.#figures;
  }

  /**
   * Makes a connection for a page.
   *
   * @param isOnThisMachine the page is: it may have this machine's inner address alone
   * @returns the answer's SDP
   * @throws {AppError} `invalid_request` for an offer that can't be answered, `not_found` for who was removed meanwhile, `unavailable`
   */
  async open(
    page: { room: RoomName; uid: Uid },
    { instance, connection, description, receives }: RelayOffer,
    isOnThisMachine: boolean,
  ): Promise<string> {
    const address = { ...page, instance, connection };
    const addresses = relayAddresses(this.#options.publicAddresses, isOnThisMachine);
    this.#opening.add(address);
    const answer = await this.#call({ type: "open", address, sdp: description.sdp, wishes: receives, addresses });
    const isWanted = this.#opening.delete(address);
    if (answer?.type === "refused") throw new AppError("invalid_request", answer.reason);
    if (answer?.type !== "opened") throw unavailable();
    if (!isWanted) throw isOver();
    this.#peers.set(keyOf(address), address);
    return answer.answer;
  }

  /** @throws {AppError} `not_found` for a connection that is not there any more, `unavailable` */
  async ask(page: { room: RoomName; uid: Uid }, { instance, connection, seq, receives }: RelaySlots): Promise<void> {
    const answer = await this.#call({ type: "ask", address: { ...page, instance, connection }, wishes: receives, seq });
    if (answer?.type !== "asked") throw unavailable();
    if (!answer.isKnown) throw isOver();
  }

  /** Somebody is no member of a room any more. */
  remove(room: RoomName, uid: Uid): void {
    for (const [key, address] of this.#peers) {
      if (address.room === room && address.uid === uid) this.#peers.delete(key);
    }
    for (const address of this.#opening) {
      if (address.room === room && address.uid === uid) this.#opening.delete(address);
    }
    this.#post({ type: "remove", room, uid });
  }

  /** Ends the worker, for tests: with the process it ends by itself. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#restart);
    await this.#worker?.terminate();
  }

  #start(): void {
    this.#isListening = false;
    const worker = this.#options.startWorker({ port: this.#port });
    // The web server's end is the process's end.
    worker.unref();
    this.#worker = worker;
    worker.on("message", (message: FromWorker) => this.#receive(message));
    worker.on("error", (error) => this.#options.onFailed(error));
    worker.on("exit", () => this.#replace(worker));
  }

  #replace(worker: Worker): void {
    if (this.#isStopped || worker !== this.#worker) return;
    this.#worker = undefined;
    this.#figures = NO_FIGURES;
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
    const lost = [...this.#peers.values()];
    this.#peers.clear();
    // Before anybody asks: what is asked meanwhile waits for it. One that did not get as far as listening would not now, either.
    if (this.#isListening) {
      this.#start();
    } else {
      this.#restart = setTimeout(() => this.#start(), RESTART_MS);
      this.#restart.unref();
    }
    for (const to of lost) this.#options.onNotice(to, { type: "lost", connection: to.connection });
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case "listening":
        this.#isListening = true;
        this.#port = message.port;
        this.#options.onListening(message.port);
        break;
      case "notice":
        this.#options.onNotice(message.to, message.notice);
        break;
      case "ended":
        this.#peers.delete(keyOf(message.peer));
        break;
      case "figures":
        this.#figures = message.figures;
        break;
      case "opened":
      case "refused":
      case "asked":
        this.#waiting.get(message.id)?.(message);
        break;
      default:
        message satisfies never;
    }
  }

  async #call(call: WithoutId<Call>): Promise<CallAnswer | undefined> {
    const id = this.#nextId++;
    const worker = this.#worker;
    if (!worker) return undefined;
    try {
      return await new Promise<CallAnswer | undefined>((resolve) => {
        this.#waiting.set(id, resolve);
        setTimeout(() => resolve(undefined), ANSWER_MS).unref();
        this.#post({ ...call, id });
      });
    } finally {
      this.#waiting.delete(id);
    }
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }
}

function keyOf({ room, uid, connection }: PeerAddress): string {
  return `${room} ${uid} ${connection}`;
}

function isOver(): AppError<"not_found"> {
  return new AppError("not_found", "This connection to the relay is over: make another.");
}

function unavailable(): AppError<"unavailable"> {
  return new AppError("unavailable", "The relay is being restarted. Try again in a moment.");
}
