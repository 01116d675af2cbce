import { readdirSync, readFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second for its users, whatever its clock is (`man 5 proc`, USER_HZ). */
const TICK_SECONDS = 0.01;

/** A process and all that it started, as `/proc` of Linux tells it. */
export function treeOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = readStat(Number(entry))?.parent;
    if (parent === undefined) continue;
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const tree = [pid];
  for (let next = 0; next < tree.length; next++) tree.push(...(children.get(tree[next] ?? -1) ?? []));
  return tree;
}

/** Processor time used so far by processes that are there still, in seconds. */
export function cpuSecondsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (readStat(pid)?.cpuSeconds ?? 0), 0);
}

/** Memory that a process holds, in bytes. @throws {Error} when it is gone */
export function residentBytesOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  if (kilobytes === undefined) throw new Error(`Process ${pid} has no memory of its own.`);
  return Number(kilobytes) * 1024;
}

/** The process of a tree that serves: Next names it. @throws {Error} when there is none */
export function nextServerIn(pid: number): number {
  const server = treeOf(pid).find((one) => readFileSync(`/proc/${one}/cmdline`, "utf8").startsWith("next-server"));
  if (server === undefined) throw new Error(`No process of ${pid} is Next's server.`);
  return server;
}

function readStat(pid: number): { parent: number; cpuSeconds: number } | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch (error) {
    // Gone meanwhile.
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))
      return undefined;
    throw error;
  }
  // The second field is the name, in parentheses, with anything in it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [, parent, , , , , , , , , , user, system] = fields.map(Number);
  return { parent: parent ?? 0, cpuSeconds: ((user ?? 0) + (system ?? 0)) * TICK_SECONDS };
}
