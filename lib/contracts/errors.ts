import * as v from "valibot";

/**
 * Every way a call can be refused, and the HTTP status that says so. The one place that maps a code to a status;
 * the words a person reads come with the error.
 */
export const STATUS_OF_CODE = {
  invalid_request: 400,
  token_missing: 401,
  token_invalid: 401,
  token_expired: 401,
  wrong_room: 403,
  not_a_member: 403,
  not_host: 403,
  room_locked: 403,
  removed: 403,
  not_found: 404,
  method_not_allowed: 405,
  room_full: 409,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal: 500,
  at_capacity: 503,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof STATUS_OF_CODE;

const ERROR_CODES = Object.keys(STATUS_OF_CODE) as [ErrorCode, ...ErrorCode[]];

/** The body of every answer that is not a success. `message` is written for the person who reads it. */
export const ErrorBody = v.object({
  error: v.object({ code: v.picklist(ERROR_CODES), message: v.string() }),
});
export type ErrorBody = v.InferOutput<typeof ErrorBody>;
