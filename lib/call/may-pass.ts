import { AppError } from "@/lib/app-error";

/** Whether the same call may succeed in a while: the server is away or busy. Everything else is its considered answer. */
export function mayPass(error: AppError): boolean {
  switch (error.code) {
    case "offline":
    case "bad_answer":
    case "aborted":
    case "internal":
    case "unavailable":
    case "at_capacity":
    case "rate_limited":
      return true;
    default:
      return false;
  }
}

/**
 * How long a server that has too much to do asks to be left alone (`Retry-After`). One that is `unavailable` is only being
 * started, and is asked again as soon as one that does not answer.
 *
 * @returns milliseconds
 */
export function askedPauseMs(error: AppError): number {
  const isBusy = error.code === "at_capacity" || error.code === "rate_limited";
  return isBusy ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
}

/**
 * Whether a member's call may succeed in a while: everything but a considered "no". A token that is being renewed and a
 * seat that is being taken again pass as well.
 */
export function mayPassForMember(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return error.code !== "invalid_request" && error.code !== "too_large" && error.code !== "wrong_room";
}
