const POLL_MS = 25;

/** @throws {Error} that shows both, when they are not the same as JSON */
export function expectSame(what: string, actual: unknown, expected: unknown): void {
  if (isSame(actual, expected)) return;
  throw new Error(`${what}\n  is       ${asText(actual)}\n  expected ${asText(expected)}`);
}

export function isSame(one: unknown, other: unknown): boolean {
  return asText(one) === asText(other);
}

export function asText(value: unknown): string {
  return JSON.stringify(value, undefined, Array.isArray(value) && value.length > 1 ? 4 : 0) ?? "undefined";
}

/** @throws {Error} what a check last threw, when it did not pass in time */
export async function eventually<T>(check: () => T | Promise<T>, timeoutMs = 8000): Promise<T> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** What becomes of a promise, in a word: `"ok"`, or the code of what it was rejected with. */
export function outcomeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => "ok", codeOf);
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return String(error);
  const name = "name" in error && error.name === "AgoraRTCException" ? "" : ` (${"name" in error ? error.name : ""})`;
  return `${String(error.code)}${name}`;
}
