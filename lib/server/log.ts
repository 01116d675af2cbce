import "server-only";

/**
 * The server's one logger: a line on stderr for the one who runs it. Nothing that people wrote, no tokens and no
 * secrets go in.
 *
 * @param what a sentence
 * @param cause the error that came with it
 */
export function logWarning(what: string, cause?: unknown): void {
  const details = cause instanceof Error ? (cause.stack ?? cause.message) : cause;
  console.error(`[mychat] ${what}`, ...(details === undefined ? [] : [details]));
}
