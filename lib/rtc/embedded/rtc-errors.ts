import type { AgoraRTCErrorCode, IAgoraRTCError } from "agora-rtc-react";

/** The SDK's codes by name: agora-rtc-react declares the enum and does not export it. */
type ErrorCodeName = `${AgoraRTCErrorCode}`;

/** An error as the SDK's own: same name, same codes, same form of the message. Tell them apart by `code`. */
export class RtcError extends Error implements IAgoraRTCError {
  override readonly name = "AgoraRTCException";
  readonly code: AgoraRTCErrorCode;

  constructor(code: ErrorCodeName, message: string, options?: ErrorOptions) {
    super(`AgoraRTCError ${code}: ${message}`, options);
    this.code = code as AgoraRTCErrorCode;
  }

  override toString(): string {
    return this.message;
  }

  print(level: "error" | "warning" = "error"): this {
    if (level === "error") console.error(this.message);
    else console.warn(this.message);
    return this;
  }

  throw(): never {
    throw this.print();
  }
}

/** Shorthand for the codes that are used most. */
export const rtcError = {
  invalidOperation: (message: string) => new RtcError("INVALID_OPERATION", message),
  invalidParams: (message: string) => new RtcError("INVALID_PARAMS", message),
  aborted: (message: string) => new RtcError("OPERATION_ABORTED", message),
  notSupported: (what: string) => new RtcError("NOT_SUPPORTED", `${what} is not part of the embedded transport`),
};
