import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@/e2e/support/app-server";

const FOLDER = "e2e/bench/floor-app";
const NEXT = "node_modules/next/dist/bin/next";
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/** A running server that something is measured at. */
export interface MeasuredServer {
  /** No slash at the end. */
  url: string;
  /** Of the process that was started; the one that serves may be another below it. */
  pid: number;
  /** All that was printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Builds the floor app. @throws {Error} with what Next printed */
export function buildFloorApp(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [NEXT, "build", FOLDER], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The floor app could not be built:\n${stdout}${stderr}`);
}

/** Starts the floor app as built, by `next start` as the app is. @throws {Error} when it does not answer within 30 s */
export async function startFloorServer(env: Record<string, string> = {}): Promise<MeasuredServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [NEXT, "start", FOLDER, "--hostname", "127.0.0.1", "--port", String(port)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", ...env },
  });
  await once(child, "spawn");
  const { pid } = child;
  if (pid === undefined) throw new Error("The floor app has no process.");
  let printed = "";
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const exited = once(child, "close");
  const killAtExit = () => child.kill("SIGKILL");
  process.once("exit", killAtExit);
  const url = `http://127.0.0.1:${port}`;
  const server: MeasuredServer = {
    url,
    pid,
    output: () => printed,
    async stop() {
      child.kill("SIGKILL");
      await exited;
      process.off("exit", killAtExit);
    },
  };
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  while (child.exitCode === null && Date.now() < deadlineMs) {
    const answers = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return server;
    await delay(POLL_MS);
  }
  await server.stop();
  throw new Error(`The floor app did not start:\n${printed}`);
}
