import type { ErrorCode } from "./contracts/errors";

/** Codes of failures that no server says: the browser met them itself. */
export type ClientErrorCode = "offline" | "bad_answer" | "aborted";

/**
 * The one error of this app: told apart by its code, never by its text. `message` is for the person who reads it;
 * `cause` is for the log.
 */
export class AppError<Code extends string = ErrorCode | ClientErrorCode> extends Error {
  override readonly name = "AppError";
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
