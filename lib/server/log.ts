import "server-only";

/*
 * The server's one logger: lines for the one who runs it. Nothing that people wrote, no tokens and no secrets go in.
 */

/**
 * On stdout: what is as it should be.
 *
 * @param what a sentence
 */
export function logNotice(what: string): void {
  console.log(`[mychat] ${what}`);
}

/**
 * On stderr: what went wrong.
 *
 * @param what a sentence
 * @param cause the error that came with it
 */
export function logWarning(what: string, cause?: unknown): void {
  const details = cause instanceof Error ? (cause.stack ?? cause.message) : cause;
  console.error(`[mychat] ${what}`, ...(details === undefined ? [] : [details]));
}
