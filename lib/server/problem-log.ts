import "server-only";
import type { MediaProblem } from "@/lib/contracts/http";

/** The same problem of many browsers, or of one that tries again and again, is one line in so long. Milliseconds. */
const SILENCE_MS = 10 * 60_000;

const SENTENCES: Record<MediaProblem, string> = {
  "app-unknown":
    "Agora does not know this app id: nobody can join a call. Compare AGORA_APP_ID with the project's page in Agora's console, and see that the project is active.",
  "token-refused":
    "Agora refuses this server's tokens: nobody can join a call. Compare AGORA_APP_CERTIFICATE with the project's primary certificate in Agora's console, see that it is enabled there, and that this server's clock is right.",
  refused:
    "Agora refuses calls of this project. See its page in Agora's console: it may be suspended, over its quota, or not allowed in a visitor's region.",
  unreachable:
    "A visitor's browser can't reach Agora's network. Where this goes on for one network only, its firewall is in the way: Agora's documentation lists what has to be open. Where it goes on for everyone, see Agora's status page.",
};

/** Writes what keeps browsers from sound and picture into the server's log, as sentences that say what to do. */
export class ProblemLog {
  readonly #write: (line: string) => void;
  readonly #writtenAtMs = new Map<MediaProblem, number>();

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  note(problem: MediaProblem, nowMs: number = performance.now()): void {
    const lastMs = this.#writtenAtMs.get(problem);
    if (lastMs !== undefined && nowMs - lastMs < SILENCE_MS) return;
    this.#writtenAtMs.set(problem, nowMs);
    this.#write(SENTENCES[problem]);
  }
}
