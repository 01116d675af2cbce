import "server-only";
import pino, { type Logger } from "pino";

/*
 * The server's one logger: lines for the one who runs it. Nothing that people wrote, no tokens and no secrets go in; and
 * should an error bring something of the kind with it, no line can be forged by it and no token is in it.
 */

/** `text`: sentences for a person. `json`: an object a line, for a program that collects them. */
export type LogFormat = "text" | "json";

/** More about a line, for who searches by it: names of this app's own, never what a caller sent. */
export type LogFields = Readonly<Record<string, string | number>>;

declare global {
  /** Route handlers and `register()` are bundled apart, each with its own copy of this module: here they meet. */
  var mychatLogger: Logger | undefined;
}

const WARNING_LEVEL = 40;
/** A token of this app's, and whatever stands behind “Bearer”. */
const TOKENS = /\b007[A-Za-z0-9+/=]{16,}|(?<=\bBearer\s+)[^\s"']+/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;

/** From here on all lines are of this form. Default: text. */
export function setLogFormat(format: LogFormat): void {
  globalThis.mychatLogger = makeLogger(format);
}

/**
 * What is as it should be; as text on stdout.
 *
 * @param what a sentence
 */
export function logNotice(what: string, fields: LogFields = {}): void {
  logger().info(fields, what);
}

/**
 * What went wrong; as text on stderr.
 *
 * @param what a sentence
 * @param cause the error that came with it
 */
export function logWarning(what: string, cause?: unknown, fields: LogFields = {}): void {
  logger().warn(cause === undefined ? fields : { ...fields, err: cause }, what);
}

function logger(): Logger {
  globalThis.mychatLogger ??= makeLogger("text");
  return globalThis.mychatLogger;
}

/** @param write where JSON lines go; default: stdout */
export function makeLogger(format: LogFormat, write?: (line: string) => void): Logger {
  return pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ["authorization", "*.authorization", "*.headers.authorization", "token", "*.token"],
      serializers: { err: describeCause },
      hooks: { streamWrite: (line) => visible(line.replace(TOKENS, "[token]")) },
    },
    format === "text" ? { write: writeText } : write ? { write } : pino.destination({ dest: 1, sync: true }),
  );
}

/** An error with all that caused it; anything else as text. */
function describeCause(cause: unknown): object {
  return cause instanceof Error ? pino.stdSerializers.err(cause) : { message: String(cause) };
}

/** One of pino's lines, for a person. What an error says is indented, so that nothing in it can pass for a line of its own. */
function writeText(line: string): void {
  const { level, msg, err } = JSON.parse(line) as {
    level: string;
    msg: string;
    err?: { stack?: string; message: string };
  };
  const details = err ? (err.stack ?? err.message).split("\n").map((detail) => `\n    ${visible(detail.trim())}`) : [];
  const text = `[mychat] ${visible(msg.replaceAll("\n", " "))}${details.join("")}`;
  if ((pino.levels.values[level] ?? 0) >= WARNING_LEVEL) console.error(text);
  else console.log(text);
}

/** Control characters as their codes: on a terminal they move the cursor and rub out what was written. */
function visible(text: string): string {
  return text.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
