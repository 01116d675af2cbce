import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import * as v from "valibot";
import { WebSocket } from "ws";

const LISTENS = /Debugger listening on (ws:\S+)/;
const ATTACH_TIMEOUT_MS = 5_000;
const POLL_MS = 20;

const Memory = v.object({ heapUsed: v.number(), external: v.number() });
const Reply = v.object({ id: v.optional(v.number()), result: v.optional(v.unknown()) });
const AttachedToWorker = v.object({
  method: v.literal("NodeWorker.attachedToWorker"),
  params: v.object({ sessionId: v.string(), workerInfo: v.object({ url: v.string() }) }),
});
const Evaluated = v.object({ result: v.object({ value: v.string() }) });

/** Node's inspector in a running server: has it collect its garbage, so that what is measured is what is held. */
export class Inspector {
  /** The server has to be started with these: it listens on any port that is free, once it is asked to. */
  static readonly env = { NODE_OPTIONS: "--inspect-port=127.0.0.1:0" };

  readonly #socket: WebSocket;
  #calls = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** @throws {Error} when the process does not answer to it */
  static async attach(pid: number, server: { output(): string }): Promise<Inspector> {
    // Node's own signal for it.
    process.kill(pid, "SIGUSR1");
    const deadlineMs = Date.now() + ATTACH_TIMEOUT_MS;
    for (;;) {
      const [, address] = LISTENS.exec(server.output()) ?? [];
      if (address !== undefined) {
        const socket = new WebSocket(address);
        await once(socket, "open");
        return new Inspector(socket);
      }
      if (Date.now() > deadlineMs) throw new Error(`No inspector in ${pid}:\n${server.output()}`);
      await delay(POLL_MS);
    }
  }

  /** Bytes in use after all garbage was collected. */
  async collectedMemory(): Promise<v.InferOutput<typeof Memory>> {
    await this.#call("HeapProfiler.enable");
    // What a first collection only unlinks, a second one frees.
    for (let pass = 0; pass < 2; pass++) await this.#call("HeapProfiler.collectGarbage");
    const evaluated = await this.#call("Runtime.evaluate", { expression: "JSON.stringify(process.memoryUsage())" });
    return v.parse(Memory, JSON.parse(v.parse(Evaluated, evaluated).result.value));
  }

  /**
   * Has an error be thrown in one of the server's workers that nobody catches.
   *
   * @param url what the worker's address has in it
   * @throws {Error} when there is no such worker
   */
  async crashWorker(url: RegExp): Promise<void> {
    const sessionIds: string[] = [];
    const onMessage = (data: WebSocket.RawData) => {
      const attached = v.safeParse(AttachedToWorker, JSON.parse(String(data)));
      if (attached.success && url.test(attached.output.params.workerInfo.url))
        sessionIds.push(attached.output.params.sessionId);
    };
    this.#socket.on("message", onMessage);
    // Those that are there are told of before the reply.
    await this.#call("NodeWorker.enable", { waitForDebuggerOnStart: false });
    this.#socket.off("message", onMessage);
    const [sessionId] = sessionIds;
    if (sessionId === undefined) throw new Error(`No worker is of ${url}.`);
    const expression = 'setTimeout(() => { throw new Error("thrown by a test"); })';
    await this.#call("NodeWorker.sendMessageToWorker", {
      sessionId,
      message: JSON.stringify({ id: 1, method: "Runtime.evaluate", params: { expression } }),
    });
    // A worker that is being watched does not end.
    await this.#call("NodeWorker.detach", { sessionId });
    await this.#call("NodeWorker.disable");
  }

  close(): void {
    this.#socket.close();
  }

  #call(method: string, params: Record<string, unknown> = {}): Promise<unknown> {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      const onClose = () => reject(new Error(`The server ended during ${method}.`));
      const onMessage = (data: WebSocket.RawData) => {
        const reply = v.parse(Reply, JSON.parse(String(data)));
        if (reply.id !== id) return;
        this.#socket.off("message", onMessage).off("close", onClose);
        resolve(reply.result);
      };
      this.#socket.on("message", onMessage).once("close", onClose);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
