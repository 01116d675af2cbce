import { constants, setPriority } from "node:os";

/**
 * Has this thread take precedence, where it may. Where one computer is the server and has somebody's browser in the same call, there is
 * more to do than it can: with its fair share of that the relay falls seconds behind (six browsers and it on two cores: 14 s), and the
 * call of everyone with it.
 */
export function goFirst(): void {
  // Of Linux alone: there a thread has a priority of its own (`man 2 setpriority`, NOTES), elsewhere the whole process would be set.
  if (process.platform !== "linux") return;
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
  } catch (error) {
    // Only root and who has a limit for it (`LimitNICE` in deploy/mychat.service) may.
    if (!isDenied(error)) throw error;
  }
}

/** Node.js has a code of its own for it (`ERR_SYSTEM_ERROR`), and the system's within. */
function isDenied(error: unknown): boolean {
  const info: unknown = error instanceof Error && "info" in error ? error.info : undefined;
  const code: unknown = typeof info === "object" && info !== null && "code" in info ? info.code : undefined;
  return code === "EACCES" || code === "EPERM";
}
