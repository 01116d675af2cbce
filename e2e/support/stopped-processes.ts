import type { Participant } from "@/e2e/participant";

/**
 * `pages`: what runs pages, with their ends of WebRTC. `network`: what all of their bytes go through, WebRTC's too. `all`: every one,
 * as on a computer that sleeps.
 */
type Part = "pages" | "network" | "all";

const TYPES: Record<Exclude<Part, "all">, string> = { pages: "renderer", network: "network.mojom.NetworkService" };

/**
 * Stops processes of a person's browser as they stand (SIGSTOP): they answer nothing and notice nothing, and what is sent to
 * them waits in their sockets. The browser has to be `apart`.
 *
 * @returns has them go on
 */
export async function stopProcesses({ context }: Participant, part: Part): Promise<() => void> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error("There is no browser any more.");
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const pids = processInfo.filter(({ type }) => part === "all" || type === TYPES[part]).map(({ id }) => id);
  if (pids.length === 0) throw new Error(`The browser has no processes of ${part}.`);
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  return () => {
    for (const pid of pids) process.kill(pid, "SIGCONT");
  };
}
