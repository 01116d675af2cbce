import { type ChildProcess, spawn } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** What is done to each frame that goes over a wire one way. */
interface Weather {
  delayMs: number;
  /** Of all frames, 0 to 1. */
  lossRate: number;
}

const FINE: Weather = { delayMs: 0, lossRate: 0 };

/** From the second end to the first, or from the first to the second. */
type Way = "down" | "up";

/**
 * A cable whose frames come late, or not at all, as `tc netem` does it: not every kernel has that (a small virtual machine's
 * often lacks it), and every one has TAP devices. Two of them, each held by a socat that passes frames as datagrams to here.
 */
export class Wire {
  /** The devices at its ends, in the tests' own namespace until they are moved to where they belong. */
  readonly devices: readonly [string, string];
  readonly #ends: readonly [End, End];
  readonly #weather: Record<Way, Weather> = { down: FINE, up: FINE };

  private constructor(ends: readonly [End, End]) {
    this.#ends = ends;
    this.devices = [ends[0].device, ends[1].device];
    const [inside, outside] = ends;
    for (const [way, from, to] of [["up", inside, outside] as const, ["down", outside, inside] as const]) {
      const queue: Array<{ frame: Buffer; atMs: number }> = [];
      const deliver = () => {
        const now = performance.now();
        while (queue[0] && queue[0].atMs <= now) to.send(queue.shift()?.frame);
        if (queue[0]) setTimeout(deliver, queue[0].atMs - now);
      };
      from.onFrame((frame) => {
        const { lossRate, delayMs } = this.#weather[way];
        if (Math.random() < lossRate) return;
        queue.push({ frame, atMs: performance.now() + delayMs });
        if (queue.length === 1) deliver();
      });
    }
  }

  /** @param name of at most 13 letters: a device's name has 15 */
  static async lay(name: string): Promise<Wire> {
    return new Wire([await End.open(`${name}-a`), await End.open(`${name}-b`)]);
  }

  /** @param weather of what is left out, there is none */
  set(weather: Partial<Weather>, ways: readonly Way[] = ["down", "up"]): void {
    for (const way of ways) this.#weather[way] = { ...FINE, ...weather };
  }

  remove(): void {
    for (const end of this.#ends) end.close();
  }
}

const BUFFER_BYTES = 200_000;

/** A TAP device, and the datagram socket by which its frames come here. */
class End {
  readonly device: string;
  readonly #socket: Socket;
  readonly #socat: ChildProcess;
  readonly #port: number;
  #isClosed = false;

  private constructor(device: string, socket: Socket, socat: ChildProcess, port: number) {
    this.device = device;
    this.#socket = socket;
    this.#socat = socat;
    this.#port = port;
  }

  static async open(device: string): Promise<End> {
    const port = await freeUdpPort();
    const socket = createSocket({ type: "udp4", recvBufferSize: BUFFER_BYTES, sendBufferSize: BUFFER_BYTES });
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    const here = `UDP4-DATAGRAM:127.0.0.1:${socket.address().port},bind=127.0.0.1:${port}`;
    // `-d -d` has it say when it has begun.
    const socat = spawn("socat", ["-d", "-d", `TUN,tun-type=tap,tun-name=${device},iff-no-pi`, here], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    await untilBegun(socat);
    return new End(device, socket, socat, port);
  }

  onFrame(handler: (frame: Buffer) => void): void {
    this.#socket.on("message", handler);
  }

  send(frame: Buffer | undefined): void {
    // Some are still on their way when the wire is taken away.
    if (frame && !this.#isClosed) this.#socket.send(frame, this.#port, "127.0.0.1");
  }

  close(): void {
    this.#isClosed = true;
    this.#socat.kill("SIGKILL");
    this.#socket.close();
  }
}

async function untilBegun(socat: ChildProcess): Promise<void> {
  let said = "";
  const begun = new Promise<true>((resolve) => {
    socat.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("starting data transfer loop")) resolve(true);
    });
  });
  const hasBegun = await Promise.race([begun, once(socat, "close").then(() => false)]);
  if (!hasBegun) throw new Error(`socat has no device:\n${said}`);
}

async function freeUdpPort(): Promise<number> {
  const probe = createSocket("udp4").bind(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  return port;
}
