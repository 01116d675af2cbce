import type { RoomName } from "./identifiers";

// No schemas here: the lobby checks what is typed with these alone, and the schemas of both names are made of them.

const MAX_ROOM_LENGTH = 64;
const MAX_NAME_LENGTH = 50;

// \p{Z} spaces, \p{C} controls and unassigned, \p{DI} what is drawn as nothing (zero-width, Hangul filler), U+2800 an empty Braille cell.
const VISIBLE = /[^\p{Z}\p{C}\p{DI}\u2800]/u;
// Control characters, line separators, and halves of a surrogate pair (which no encoding can carry).
const FORBIDDEN_IN_NAME = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** What was typed, put right; or why it can't be used, in words for the person. */
export type Typed<Name extends string> = { name: Name; problem: null } | { name: null; problem: string };

/** A room's name as a person types it. */
export function typedRoomName(text: string): Typed<RoomName> {
  const room = normalRoomName(text);
  const problem = roomNameProblem(room);
  return problem === null ? { name: room as RoomName, problem } : { name: null, problem };
}

/** A person's name as they type it. */
export function typedPersonName(text: string): Typed<string> {
  const name = text.trim();
  const problem = personNameProblem(name);
  return problem === null ? { name, problem } : { name: null, problem };
}

/**
 * Trimmed, runs of white space one `-`, ASCII letters capitals (only those: `ß`.toUpperCase() is two letters, and a different
 * room).
 */
export function normalRoomName(typed: string): string {
  return typed
    .trim()
    .replace(/\s+/g, "-")
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** @returns `null` for a room's name as the server knows it */
export function roomNameProblem(room: string): string | null {
  if (room.length === 0) return "A room needs a name.";
  if (room.length > MAX_ROOM_LENGTH) return `A room's name has at most ${MAX_ROOM_LENGTH} characters.`;
  if (!/^[A-Z0-9_-]+$/.test(room)) return "A room's name may have letters from A to Z, digits, “-” and “_”.";
  return null;
}

/** @returns `null` for a trimmed name that a person can have */
export function personNameProblem(name: string): string | null {
  if (!hasVisible(name)) return "A name is needed.";
  if (characterCount(name) > MAX_NAME_LENGTH) return `A name has at most ${MAX_NAME_LENGTH} characters.`;
  if (FORBIDDEN_IN_NAME.test(name)) return "A name can't have control characters in it.";
  return null;
}

/** Whether anything of a text can be seen. */
export function hasVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** What a person would count: code points, so that an emoji is one character and not two. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
