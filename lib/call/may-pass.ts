import type { AppError } from "@/lib/app-error";

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
