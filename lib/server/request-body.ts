import "server-only";
import { AppError } from "@/lib/app-error";

const DEFAULT_MAX_BYTES = 32 * 1024;
/** Of bodies with signals in them: descriptions of connections are some KB each. */
export const MAX_SIGNALS_BYTES = 256 * 1024;
/** Deeper than any honest body; parsers that recurse end their stack some thousands further down. */
const MAX_DEPTH = 100;

export interface BodyOptions {
  /** Default 32 KiB. */
  maxBytes?: number;
  /** No body at all is then `{}`. */
  isOptional?: boolean;
}

/**
 * Reads a JSON body.
 *
 * @throws {AppError} `unsupported_media_type`, `too_large`, `invalid_request`
 */
export async function readJson(request: Request, options: BodyOptions = {}): Promise<unknown> {
  const { maxBytes = DEFAULT_MAX_BYTES, isOptional = false } = options;
  if (!isOptional) requireJsonType(request);
  const bytes = await readBytes(request, maxBytes);
  if (bytes.length === 0 && isOptional) return {};
  requireJsonType(request);
  return parseJson(bytes);
}

function requireJsonType(request: Request): void {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() === "application/json") return;
  throw new AppError("unsupported_media_type", "The body must be JSON, sent as application/json.");
}

/** Counts what comes, whatever `content-length` says. */
async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new AppError("too_large", `What was sent is too large: at most ${maxBytes / 1024} KB.`);
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    // The page went in the middle of it: nothing of the server's is wrong, and nobody reads the answer.
    throw new AppError("invalid_request", "The body ended before it was whole.", { cause });
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("invalid_request", "The body is not valid JSON.", { cause });
  }
  if (isDeeperThan(json, MAX_DEPTH)) throw new AppError("invalid_request", "The body is nested too deeply.");
  // Every body of the contract is an object, and a schema of one takes a list for it.
  if (Array.isArray(json)) throw new AppError("invalid_request", "The body must be an object.");
  return json;
}

/** Goes level by level, not by recursion. */
function isDeeperThan(json: unknown, maxDepth: number): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; depth <= maxDepth; depth++) {
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}
