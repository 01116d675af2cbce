import * as z from "zod/mini";
import { nameCheck } from "./name-check";
import { characterCount, hasVisible, personNameProblem } from "./names";

const MAX_MESSAGE_LENGTH = 2000;

// Halves of a surrogate pair, which no encoding can carry.
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
  z.string().check(nameCheck(personNameProblem)),
);

/** A chat message: 1 to 2000 characters after trimming; line breaks are kept. */
export const MessageText = z.pipe(
  trimmed,
  z.string().check(
    z.refine((text) => hasVisible(text), { error: "A message can't be empty.", abort: true }),
    z.refine((text) => characterCount(text) <= MAX_MESSAGE_LENGTH, {
      error: `A message has at most ${MAX_MESSAGE_LENGTH} characters.`,
      abort: true,
    }),
    z.refine((text) => !LONE_SURROGATE.test(text), { error: "A message can't have broken characters in it." }),
  ),
);
