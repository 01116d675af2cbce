import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";

const { PRIORITY_HIGH, PRIORITY_ABOVE_NORMAL } = constants.priority;

/**
 * Has this thread take precedence, where it may. Where one computer is the server and has somebody's browser in the same call, there is
 * more to do than it can: with its fair share of that the relay falls seconds behind (six browsers and it on two cores: 14 s), and the
 * call of everyone with it.
 */
export function goFirst(): void {
  // Of Linux alone: there a thread has a priority of its own (`man 2 setpriority`, NOTES), elsewhere the whole process would be set.
  if (process.platform !== "linux") return;
  // Only root and who has a limit for it (`LimitNICE` in deploy/mychat.service) may do either.
  whereItMay(() => setPriority(PRIORITY_HIGH));
  // Where Linux shares its processors between sessions first (`man 7 sched`, "The autogroup feature"), a thread's priority counts only
  // within its own: that of the server needs one, too. With a fair share of the processors a relay that is awake for a moment every few
  // milliseconds waited up to 0.5 s for its turn, and the publishers took that for a full network.
  whereItMay(() => writeFileSync("/proc/self/autogroup", `${PRIORITY_ABOVE_NORMAL}`));
}

/**
 * Nothing depends on either: whatever the system answers, the relay does its work. Besides denials there are containers whose /proc
 * is read only, a session that was never begun with setsid (`EINVAL`: there the group of all has no weight to set), and one that was
 * set a moment ago (`EAGAIN`).
 */
function whereItMay(change: () => void): void {
  try {
    change();
  } catch (error) {
    if (!isOfTheSystem(error)) throw error;
  }
}

/** Errors of system calls have its number; those of a call that is wrong itself have none. */
function isOfTheSystem(error: unknown): boolean {
  return error instanceof Error && "errno" in error && typeof error.errno === "number";
}
