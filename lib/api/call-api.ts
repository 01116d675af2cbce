import * as v from "valibot";
import { AppError } from "@/lib/app-error";
import { ErrorBody } from "@/lib/contracts/errors";

export interface ApiRequest {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: `/api/${string}`;
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** The request outlives the page: for `pagehide`. */
  keepalive?: boolean;
}

const OFFLINE = "The server can't be reached. Check the connection.";
const BAD_ANSWER = "The server gave an answer that can't be understood. Reload the page.";

/**
 * The browser's one way to call the server.
 *
 * @returns the response, its status a success
 * @throws {AppError} the server's own code and words; `offline` when it can't be reached; `aborted` by `signal`;
 *   `bad_answer` when what answers is not this app's server (a proxy's page, a hotel's login)
 */
export async function callApi(request: ApiRequest): Promise<Response> {
  const { method, path, token, body, signal, keepalive } = request;
  const headers: Record<string, string> = { ...request.headers };
  if (token) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      keepalive: keepalive ?? false,
      cache: "no-store",
      credentials: "omit",
    });
  } catch (cause) {
    if (signal?.aborted) throw new AppError("aborted", "Cancelled.", { cause });
    throw new AppError("offline", OFFLINE, { cause });
  }
  if (response.ok) return response;
  throw await refusal(response);
}

/** As `callApi`, with the answer parsed by its contract. */
export async function callApiFor<Schema extends v.GenericSchema>(
  schema: Schema,
  request: ApiRequest,
): Promise<v.InferOutput<Schema>> {
  const response = await callApi(request);
  let answer: unknown;
  try {
    answer = await response.json();
  } catch (cause) {
    if (request.signal?.aborted) throw new AppError("aborted", "Cancelled.", { cause });
    throw new AppError("bad_answer", BAD_ANSWER, { cause });
  }
  const parsed = v.safeParse(schema, answer);
  if (!parsed.success) throw new AppError("bad_answer", BAD_ANSWER, { cause: new v.ValiError(parsed.issues) });
  return parsed.output;
}

async function refusal(response: Response): Promise<AppError> {
  let answer: unknown;
  try {
    answer = await response.json();
  } catch (cause) {
    return notOurs(response, cause);
  }
  const parsed = v.safeParse(ErrorBody, answer);
  if (!parsed.success) return notOurs(response, new v.ValiError(parsed.issues));
  const retryAfterSeconds = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  return new AppError(parsed.output.error.code, parsed.output.error.message, {
    ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}),
  });
}

/** A gateway that answers for a server that is away (502, 504) is as good as no answer. */
function notOurs(response: Response, cause: unknown): AppError {
  return response.status >= 500
    ? new AppError("offline", OFFLINE, { cause })
    : new AppError("bad_answer", BAD_ANSWER, { cause });
}
