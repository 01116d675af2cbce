import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 8_000;
const POLL_MS = 50;

/** Everything the server reads from its environment: none of it leaks in from the shell that runs the tests. */
const SETTINGS = [
  "AGORA_APP_ID",
  "AGORA_APP_CERTIFICATE",
  "DATABASE_PATH",
  "PORT",
  "TOKEN_TTL_SECONDS",
  "ICE_SERVERS",
  "TURN_URL",
  "TURN_SECRET",
  "EMBEDDED_MAX_MEMBERS",
  "EMBEDDED_TOPOLOGY",
  "RELAY_ADDRESS",
  "RELAY_PORT",
  "TRUST_PROXY",
  "RATE_LIMITS",
  "MAX_STREAMS",
  "METRICS_TOKEN",
  "LOG_FORMAT",
  "SERVED_OVER",
];

export interface AppServerOptions {
  /** Settings on top of the defaults, e.g. `{ EMBEDDED_MAX_MEMBERS: "2" }`. A `DATABASE_PATH` given here is not deleted. */
  env?: Record<string, string>;
  /** Default: a free one. */
  port?: number;
  /** By `npm run start:https`; default: by `npm start`. */
  isHttps?: boolean;
  /** The address that it listens at. Default: 127.0.0.1. */
  hostname?: string;
  /** The network namespace that it runs in, as `ip netns` names it; only with `isHttps`. Default: that of the tests. */
  namespace?: string;
  /** `false`: return as soon as the process runs, for tests of starts that fail. Default `true`: wait for `/api/health`. */
  waitUntilReady?: boolean;
}

export interface AppServer {
  /** `http://HOSTNAME:PORT` or `https://…`, no slash at the end. */
  url: string;
  port: number;
  /** The pid of `npm start` itself, as a person or a supervisor would signal it. */
  pid: number;
  databasePath: string;
  /** Resolves when `npm start` has ended, with its exit code (`null` when a signal ended it). */
  exited: Promise<number | null>;
  /** All that was printed so far, stdout and stderr. */
  output(): string;
  /** Signals npm and the server it started, both at once: `SIGKILL` is a crash. */
  kill(signal: NodeJS.Signals): void;
  /** Whether npm or anything it started is still there. */
  isRunning(): boolean;
  /** Ends the server as a supervisor would, and deletes a database made for it. Idempotent. */
  stop(): Promise<void>;
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("A TCP server has no port.");
  return address.port;
}

/**
 * Starts the app as built (`next build` must have run) by `npm start` or `npm run start:https`, on 127.0.0.1 unless told
 * otherwise, and with a database of its own.
 *
 * @throws {Error} with all that it printed, when it ends or is not ready within 30 s
 */
export async function startAppServer(options: AppServerOptions = {}): Promise<AppServer> {
  const port = options.port ?? (await freePort());
  const isHttps = options.isHttps ?? false;
  const hostname = options.hostname ?? "127.0.0.1";
  const folder = mkdtempSync(join(tmpdir(), "mychat-"));
  const databasePath = options.env?.DATABASE_PATH ?? join(folder, "mychat.db");
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.includes(name)));

  // A group of its own, so that a crash can be played without leaving the server behind.
  const start = ["npm", "run", isHttps ? "start:https" : "start", "--", "--hostname", hostname];
  const [command = "", ...args] = options.namespace ? ["ip", "netns", "exec", options.namespace, ...start] : start;
  const child = spawn(command, args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...inherited, NODE_ENV: "production", DATABASE_PATH: databasePath, ...options.env, PORT: String(port) },
  });
  await once(child, "spawn");
  const pid = child.pid;
  if (pid === undefined) throw new Error("npm start has no pid.");

  let printed = "";
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const exited = once(child, "close").then(([code]) => (typeof code === "number" ? code : null));

  const signalGroup = (signal: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(-pid, signal);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
      throw error;
    }
  };
  const killAtExit = () => signalGroup("SIGKILL");
  process.once("exit", killAtExit);

  const server: AppServer = {
    url: `${isHttps ? "https" : "http"}://${hostname}:${port}`,
    port,
    pid,
    databasePath,
    exited,
    output: () => printed,
    kill: (signal) => void signalGroup(signal),
    isRunning: () => signalGroup(0),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) process.kill(pid, "SIGTERM");
      await Promise.race([exited, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
      signalGroup("SIGKILL");
      await exited;
      process.off("exit", killAtExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  if (options.waitUntilReady !== false) await untilReady(server);
  return server;
}

async function untilReady(server: AppServer): Promise<void> {
  let hasEnded = false;
  void server.exited.then(() => {
    hasEnded = true;
  });
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  while (!hasEnded && Date.now() < deadlineMs) {
    if (await isReady(server)) return;
    await delay(POLL_MS);
  }
  await server.stop();
  throw new Error(`The app did not start:\n${server.output()}`);
}

/** `false` while nobody listens yet: refused and reset connections are what is waited through here. */
async function isReady(server: AppServer): Promise<boolean> {
  // Node trusts no certificate of our own; but it is printed when the app can be opened.
  if (server.url.startsWith("https:")) return server.output().includes(server.url);
  return fetch(`${server.url}/api/health`).then(
    (response) => response.ok,
    () => false,
  );
}
