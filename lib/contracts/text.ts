import * as z from "zod/mini";
import { messageProblem } from "./message";
import { personNameProblem } from "./names";
import { textCheck } from "./text-check";

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
  z.string().check(textCheck(personNameProblem)),
);

/** A chat message: 1 to 2000 characters after trimming; line breaks are kept. */
export const MessageText = z.pipe(trimmed, z.string().check(textCheck(messageProblem)));
