import "server-only";
import * as v from "valibot";
import { AppError } from "@/lib/app-error";
import { type ErrorBody, type ErrorCode, STATUS_OF_CODE } from "@/lib/contracts/errors";
import { RoomName } from "@/lib/contracts/identifiers";
import { routeOf } from "./api-routes";
import { CLIENT_ADDRESS_HEADER } from "./client-address";
import { invalidInput } from "./invalid-input";
import { type LogFields, logWarning } from "./log";
import type { AddressLimit, MemberLimit } from "./rate-limits";
import { notAMember, removed, tokenExpired, wrongRoom } from "./refusals";
import { type BodyOptions, readJson } from "./request-body";
import { type Runtime, runtime } from "./runtime";
import { isExpired, type TokenClaims } from "./tokens";

const UNAVAILABLE_RETRY_SECONDS = 5;

/** One call of the API, and the ways to take what it must bring. */
interface ApiCall {
  request: Request;
  /** The caller's, as far as it can be believed. */
  address: string;
  runtime: Runtime;
  /** @throws {AppError} 415, 413 and 400 */
  body<T extends v.GenericSchema>(schema: T, options?: BodyOptions): Promise<v.InferOutput<T>>;
  /** The caller, by their token: a person. Expired ones are refused. @throws {AppError} 401; 403 `removed`, and for screens */
  caller(): TokenClaims;
  /** The caller of what must work for as long as a stream does, which outlives its token a little. @throws {AppError} as `caller` */
  lateCaller(): TokenClaims;
  /** As `lateCaller`, for who only wants to be gone: a screen, too, and who is out already. @throws {AppError} 401 */
  leaver(): TokenClaims;
  /** Counts what one member does. @throws {AppError} `rate_limited` */
  countMember(limit: MemberLimit, member: TokenClaims): Promise<void>;
  /** The caller, expired or not; `undefined` when there is no `Authorization` at all. @throws {AppError} 401 */
  bearer(): TokenClaims | undefined;
}

type Handler = (call: ApiCall) => Response | Promise<Response>;
type RouteHandler = (request: Request) => Promise<Response>;

/**
 * The one frame of every route handler: counts the call, and turns whatever is thrown into the contract's answer.
 *
 * @param limit what else than the call itself is counted
 */
export function apiRoute(handler: Handler, limit?: AddressLimit): RouteHandler {
  return async (request) => {
    const startedAtMs = performance.now();
    const route = routeOf(new URL(request.url).pathname);
    const response = await answer(request, handler, limit, route);
    const { method } = request;
    const seconds = (performance.now() - startedAtMs) / 1_000;
    globalThis.mychatRuntime?.metrics?.countRequest({ route, method, status: response.status }, seconds);
    return response;
  };
}

async function answer(
  request: Request,
  handler: Handler,
  limit: AddressLimit | undefined,
  route: string,
): Promise<Response> {
  try {
    const running = runtime();
    const address = request.headers.get(CLIENT_ADDRESS_HEADER) ?? "unknown";
    await running.rateLimits.count("calls", address);
    if (limit) await running.rateLimits.count(limit, address);
    return await handler(apiCall(request, running, address));
  } catch (error) {
    return errorAnswer(error, { route, method: request.method });
  }
}

function apiCall(request: Request, running: Runtime, address: string): ApiCall {
  const streamGraceSeconds = running.hub.timings.tokenGraceMs / 1000;
  // What a token says is so for good: only whether it is good still is asked each time.
  const read = once(() => bearerOf(request, running));
  const bearer = () => notRevoked(read(), running);
  const person = (claims: TokenClaims) => {
    if (running.hub.screens.has(claims.room, claims.uid)) throw notAMember();
    return claims;
  };
  return {
    request,
    address,
    runtime: running,
    bearer,
    countMember: (limit, { room, uid }) => running.rateLimits.count(limit, `${room}/${uid}`),
    body: async (schema, options) => {
      const body = await readJson(request, options);
      // A body may take minutes to come: whoever was removed meanwhile is refused as if they had been so before.
      bearer();
      return parseInput(schema, body);
    },
    caller: () => person(inTime(bearer(), 0)),
    lateCaller: () => person(inTime(bearer(), streamGraceSeconds)),
    leaver: () => inTime(read(), streamGraceSeconds),
  };
}

function once<Result>(work: () => Result): () => Result {
  let done: { result: Result } | undefined;
  return () => {
    done ??= { result: work() };
    return done.result;
  };
}

function inTime(claims: TokenClaims | undefined, graceSeconds: number): TokenClaims {
  if (!claims) throw new AppError("token_missing", "This call needs a key. Open the room first.");
  if (isExpired(claims, graceSeconds)) throw tokenExpired();
  return claims;
}

/** Whoever was removed is refused here, in every call but the one that says that they go. */
function notRevoked(claims: TokenClaims | undefined, { hub }: Runtime): TokenClaims | undefined {
  if (claims && hub.revocations.has(claims.room, claims.uid)) throw removed();
  return claims;
}

function bearerOf(request: Request, { tokens }: Runtime): TokenClaims | undefined {
  const header = request.headers.get("authorization");
  if (header === null) return undefined;
  const [, token] = /^Bearer +(\S+)$/i.exec(header.trim()) ?? [];
  if (token === undefined) throw new AppError("token_invalid", "The Authorization header must be “Bearer” and a key.");
  return tokens.verify(token);
}

/** @throws {AppError} `invalid_request`, with a sentence that names the field */
export function parseInput<T extends v.GenericSchema>(schema: T, input: unknown): v.InferOutput<T> {
  // The first thing that is wrong is all that is told: what is sent to be wrong ten thousand times is read no further.
  const parsed = v.safeParse(schema, input, { abortEarly: true });
  if (!parsed.success) throw invalidInput(schema, parsed.issues, input);
  return parsed.output;
}

/**
 * The room in `/api/rooms/ROOM/…`, which must be the token's.
 *
 * @throws {AppError} `invalid_request` for no room's name, `wrong_room`
 */
export function requireRoom(request: Request, claims: TokenClaims): void {
  const [, , , segment = ""] = new URL(request.url).pathname.split("/");
  let name: string;
  try {
    name = decodeURIComponent(segment);
  } catch (cause) {
    throw new AppError("invalid_request", "The room's name in the address is not valid.", { cause });
  }
  if (parseInput(RoomName, name) !== claims.room) throw wrongRoom();
}

/** @throws {AppError} `not_a_member` for a lobby token, which may watch and no more */
export function requireMember(claims: TokenClaims): void {
  if (claims.kind !== "join") throw notAMember();
}

/** For the methods that an address does not have. */
export const methodNotAllowed = apiRoute(({ request }) => {
  throw new AppError("method_not_allowed", `This address has no ${request.method}.`);
});

/** A JSON answer that nobody keeps. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
}

export function noContent(): Response {
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
}

function errorAnswer(thrown: unknown, call: LogFields): Response {
  const error = asServerError(thrown, call);
  const body: ErrorBody = { error: { code: error.code, message: error.message } };
  return json(body, STATUS_OF_CODE[error.code], headersOf(error));
}

function headersOf(error: AppError<ErrorCode>): Record<string, string> {
  const status = STATUS_OF_CODE[error.code];
  if (status === 401) return { "www-authenticate": "Bearer" };
  const retryAfterSeconds = error.retryAfterSeconds ?? (status === 503 ? UNAVAILABLE_RETRY_SECONDS : undefined);
  return retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
}

/** Anything but an error made for the caller is logged here, and nothing of it is told. */
function asServerError(thrown: unknown, call: LogFields): AppError<ErrorCode> {
  if (thrown instanceof AppError && isServerError(thrown)) return thrown;
  if (globalThis.mychatRuntime?.databaseWatch.note(thrown)) {
    return new AppError("unavailable", "The server can't reach its data just now. Try again in a moment.");
  }
  logWarning("A call failed.", thrown, call);
  return new AppError("internal", "Something went wrong on the server.");
}

function isServerError(error: AppError<string>): error is AppError<ErrorCode> {
  return Object.hasOwn(STATUS_OF_CODE, error.code);
}
