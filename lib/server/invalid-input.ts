import "server-only";
import type * as z from "zod/mini";
import { AppError } from "@/lib/app-error";

/** The kinds of value that a contract can ask for, in words. */
const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/** The first thing that is wrong with what was sent, as a sentence that names the field. */
export function invalidInput(error: z.core.$ZodError, input: unknown): AppError {
  const [issue] = error.issues;
  if (!issue) return new AppError("invalid_request", "What was sent is not valid.");
  const field = issue.path.map(String).join(".");
  const name = field === "" ? "The body" : `\`${field}\``;
  return new AppError("invalid_request", sentence(issue, name, valueAt(input, issue.path)));
}

function sentence(issue: z.core.$ZodIssue, name: string, value: unknown): string {
  if (issue.message.endsWith(".")) {
    // A contract's own sentence. Most of them name their field already.
    const field = issue.path.findLast((part) => typeof part === "string") ?? "";
    return issue.message.toLowerCase().includes(field.toLowerCase()) ? issue.message : `${name}: ${issue.message}`;
  }
  if (value === undefined) return `${name} is missing.`;
  switch (issue.code) {
    case "invalid_type":
      return `${name} must be ${KINDS[issue.expected] ?? issue.expected}.`;
    case "too_small":
      return `${name} must ${issue.origin === "string" || issue.origin === "array" ? "have" : "be"} at least ${issue.minimum}${unit(issue.origin, issue.minimum)}.`;
    case "too_big":
      return `${name} must ${issue.origin === "string" || issue.origin === "array" ? "have" : "be"} at most ${issue.maximum}${unit(issue.origin, issue.maximum)}.`;
    default:
      return `${name} is not valid.`;
  }
}

function unit(origin: string, count: number | bigint): string {
  if (origin === "string") return count === 1 ? " character" : " characters";
  if (origin === "array") return count === 1 ? " entry" : " entries";
  return "";
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = input;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
