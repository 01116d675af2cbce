import type { ErrorCode } from "./contracts/errors";

/** Codes of failures that no server says: the browser met them itself. */
export type ClientErrorCode = "offline" | "bad_answer" | "aborted";

interface AppErrorOptions extends ErrorOptions {
  /** When it makes sense to try again. */
  retryAfterSeconds?: number;
}

/** The same in every copy of this module. */
const BRAND = Symbol.for("mychat.AppError");

/**
 * The one error of this app: told apart by its code, never by its text. `message` is for the person who reads it;
 * `cause` is for the log.
 */
export class AppError<Code extends string = ErrorCode | ClientErrorCode> extends Error {
  /** Next bundles each route handler with its own copy of this class: an error of one is one in the others too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  override readonly name = "AppError";
  readonly [BRAND] = true;
  readonly code: Code;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: Code, message: string, options?: AppErrorOptions) {
    super(message, options);
    this.code = code;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}
