import { characterCount, hasVisible } from "./names";

// No schemas here, as in `names.ts`: of these the schema is made, and the field in which a message is typed needs no more.

const MAX_MESSAGE_LENGTH = 2000;

// Halves of a surrogate pair, which no encoding can carry.
const LONE_SURROGATE = /\p{Cs}/u;

/** A message as it is typed: trimmed; or why it can't be sent, in words for the person. */
export function typedMessage(typed: string): { text: string; problem: null } | { text: null; problem: string } {
  const text = typed.trim();
  const problem = messageProblem(text);
  return problem === null ? { text, problem } : { text: null, problem };
}

/** @returns `null` for a trimmed message that can be sent */
export function messageProblem(text: string): string | null {
  if (!hasVisible(text)) return "A message can't be empty.";
  if (characterCount(text) > MAX_MESSAGE_LENGTH) return `A message has at most ${MAX_MESSAGE_LENGTH} characters.`;
  if (LONE_SURROGATE.test(text)) return "A message can't have broken characters in it.";
  return null;
}
