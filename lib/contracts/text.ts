import * as z from "zod/mini";

const MAX_NAME_LENGTH = 50;
const MAX_MESSAGE_LENGTH = 2000;

/** What a person would count: code points, so that an emoji is one character and not two. */
function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

// \p{Z} spaces, \p{C} controls and unassigned, \p{DI} what is drawn as nothing (zero-width, Hangul filler), U+2800 an empty Braille cell.
const VISIBLE = /[^\p{Z}\p{C}\p{DI}\u2800]/u;
// Control characters, line separators, and halves of a surrogate pair (which no encoding can carry).
const FORBIDDEN_IN_NAME = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
const LONE_SURROGATE = /\p{Cs}/u;

const trimmed = z.pipe(
  z.string(),
  z.transform((typed: string) => typed.trim()),
);

/** A person's name: 1 to 50 characters of any script after trimming, at least one of them visible, no control characters. */
export const PersonName = z.pipe(
  z.pipe(
    z.string("A name is needed."),
    z.transform((typed: string) => typed.trim()),
  ),
  z.string().check(
    z.refine((name) => VISIBLE.test(name), { error: "A name is needed.", abort: true }),
    z.refine((name) => characterCount(name) <= MAX_NAME_LENGTH, {
      error: `A name has at most ${MAX_NAME_LENGTH} characters.`,
      abort: true,
    }),
    z.refine((name) => !FORBIDDEN_IN_NAME.test(name), { error: "A name can't have control characters in it." }),
  ),
);

/** A chat message: 1 to 2000 characters after trimming; line breaks are kept. */
export const MessageText = z.pipe(
  trimmed,
  z.string().check(
    z.refine((text) => VISIBLE.test(text), { error: "A message can't be empty.", abort: true }),
    z.refine((text) => characterCount(text) <= MAX_MESSAGE_LENGTH, {
      error: `A message has at most ${MAX_MESSAGE_LENGTH} characters.`,
      abort: true,
    }),
    z.refine((text) => !LONE_SURROGATE.test(text), { error: "A message can't have broken characters in it." }),
  ),
);
