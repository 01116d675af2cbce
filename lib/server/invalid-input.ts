import "server-only";
import * as v from "valibot";
import { AppError } from "@/lib/app-error";

/** What a contract asks for, in words, by the type of the issue where it is not so. */
const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  safe_integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/**
 * The first thing that is wrong with what was sent, as a sentence that names the field.
 *
 * @param schema that of all that was sent
 */
export function invalidInput(
  schema: v.GenericSchema,
  [issue]: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
  input: unknown,
): AppError {
  const path = issue.path?.map(({ key }) => key as PropertyKey) ?? [];
  const field = path.map(String).join(".");
  const name = field === "" ? "The body" : `\`${field}\``;
  const value = valueAt(input, path);
  const message = (value === undefined && messageOfMissing(schema, path)) || issue.message;
  return new AppError("invalid_request", sentence({ ...issue, message }, name, path, value));
}

/** Of a field that is not there its object complains, not it. It is asked for its own sentence. */
function messageOfMissing(schema: v.GenericSchema, path: readonly PropertyKey[]): string | undefined {
  const [field, ...deeper] = path;
  if (typeof field !== "string" || deeper.length > 0 || !("entries" in schema)) return undefined;
  const entry = (schema.entries as Readonly<Record<string, v.GenericSchema>>)[field];
  return entry && v.safeParse(entry, undefined).issues?.[0].message;
}

function sentence(
  { type, message, requirement }: v.BaseIssue<unknown>,
  name: string,
  path: readonly PropertyKey[],
  value: unknown,
): string {
  if (message.endsWith(".")) {
    // A contract's own sentence. Most of them name their field already.
    const field = path.findLast((part) => typeof part === "string") ?? "";
    return message.toLowerCase().includes(field.toLowerCase()) ? message : `${name}: ${message}`;
  }
  if (value === undefined) return `${name} is missing.`;
  const kind = KINDS[type];
  if (kind) return `${name} must be ${kind}.`;
  switch (type) {
    case "min_length":
      return `${name} must have at least ${counted(requirement, value)}.`;
    case "max_length":
      return `${name} must have at most ${counted(requirement, value)}.`;
    case "min_value":
      return `${name} must be at least ${requirement}.`;
    case "max_value":
      return `${name} must be at most ${requirement}.`;
    default:
      return `${name} is not valid.`;
  }
}

function counted(count: unknown, of: unknown): string {
  if (typeof of === "string") return `${count} ${count === 1 ? "character" : "characters"}`;
  return `${count} ${count === 1 ? "entry" : "entries"}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = input;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
