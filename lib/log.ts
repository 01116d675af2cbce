/**
 * The browser's one logger. What a person should know reaches them on the screen; this is for the one who looks into it.
 *
 * @param what a sentence without secrets
 * @param cause the error that came with it
 */
export function logWarning(what: string, cause?: unknown): void {
  console.warn(`[mychat] ${what}`, cause ?? "");
}
