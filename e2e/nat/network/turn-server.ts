import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Namespace } from "./namespace";

const PORT = 3478;
const START_TIMEOUT_MS = 10_000;
const POLL_MS = 50;

export interface TurnOptions {
  /** What it shares with the app (`TURN_SECRET`). */
  secret: string;
}

/** Debian's coturn, which also answers STUN. */
export class TurnServer {
  /** Over UDP, and over TCP for those whose network lets no UDP through: as in `TURN_URL`. */
  readonly urls: string;
  readonly stunUrl: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(address: string, process: ChildProcess, folder: string) {
    this.urls = `turn:${address}:${PORT},turn:${address}:${PORT}?transport=tcp`;
    this.stunUrl = `stun:${address}:${PORT}`;
    this.#process = process;
    this.#folder = folder;
  }

  static async start(computer: Namespace, address: string, { secret }: TurnOptions): Promise<TurnServer> {
    const folder = mkdtempSync(join(tmpdir(), "mychat-turn-"));
    const settings = {
      "listening-ip": address,
      "listening-port": PORT,
      "relay-ip": address,
      realm: "mychat.test",
      "static-auth-secret": secret,
      userdb: join(folder, "turndb"),
      pidfile: join(folder, "pid"),
      "log-file": "stdout",
    };
    const flags = ["-n", "--use-auth-secret", "--no-tls", "--no-dtls", "--no-cli", "--simple-log"];
    const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
    const coturn = spawn("ip", ["netns", "exec", computer.name, "turnserver", ...flags, ...options], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    await untilListening(coturn, computer, `${address}:${PORT}`);
    return new TurnServer(address, coturn, folder);
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, "close");
    if (this.#process.kill("SIGKILL")) await exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function untilListening(coturn: ChildProcess, computer: Namespace, address: string): Promise<void> {
  let said = "";
  for (const pipe of [coturn.stdout, coturn.stderr]) pipe?.on("data", (text) => (said += String(text)));
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  const listens = (kind: "--tcp" | "--udp") => computer.run("ss", "--listening", "--numeric", kind).includes(address);
  while (!(listens("--udp") && listens("--tcp"))) {
    if (coturn.exitCode !== null || Date.now() > deadlineMs) {
      coturn.kill("SIGKILL");
      throw new Error(`coturn did not start:\n${said}`);
    }
    await delay(POLL_MS);
  }
}
