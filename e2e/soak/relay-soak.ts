import { fork } from "node:child_process";
import { once } from "node:events";
import { RelayCore } from "@/lib/server/relay/relay-core";
import type { FromPages, ToPages } from "./messages";

const A_MINUTE_MS = 60_000;
const MB = 1024 * 1024;

/**
 * `npm run soak -- MINUTES`: a relay with two people who stay and one who comes and goes every few seconds, each in a process
 * apart from the relay's. Says each minute what its memory is after collecting garbage; numbers of packets go round in the
 * first of them. Fails when the two who stay do not receive each other.
 */
async function main(minutes: number): Promise<void> {
  if (!global.gc) throw new Error("Run me with --expose-gc: memory is measured after collecting garbage.");
  const core = await RelayCore.start(0, { onNotice: () => undefined, onEnded: () => undefined });
  const pages = fork("e2e/soak/pages.ts", { execArgv: process.execArgv });
  const told = { received: 0, guests: 0 };
  const tell = (message: ToPages) => pages.send(message);
  pages.on("message", (message: FromPages) => {
    switch (message.type) {
      case "open":
        tell({ type: "opened", id: message.id, answer: core.open(...message.args) });
        break;
      case "left":
        core.remove(message.room, message.uid);
        break;
      case "count":
        Object.assign(told, message);
        break;
      default:
        message satisfies never;
    }
  });
  console.log("minute  heap MB  RSS MB  people come  pictures received");
  for (let minute = 1; minute <= minutes; minute++) {
    const before = told.received;
    await Promise.race([
      new Promise((resolve) => setTimeout(resolve, A_MINUTE_MS)),
      once(pages, "exit").then(() => Promise.reject(new Error("The people's process has ended."))),
    ]);
    global.gc();
    const { heapUsed, rss } = process.memoryUsage();
    const row = [minute, (heapUsed / MB).toFixed(1), (rss / MB).toFixed(0), told.guests, told.received];
    console.log(row.map((cell, at) => String(cell).padStart([6, 8, 7, 12, 18][at] ?? 0)).join(" "));
    if (told.received <= before) throw new Error("Those who stay receive each other no more.");
  }
  pages.kill();
  core.stop();
}

main(Number(process.argv[2] ?? 60)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
