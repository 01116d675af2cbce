import * as v from "valibot";
import { messageProblem } from "./message";
import { personNameProblem } from "./names";
import { textCheck } from "./text-check";

/** A person's name: 1 to 50 characters of any script after trimming, at least one of them visible, no control characters. */
export const PersonName = v.pipe(v.string("A name is needed."), v.trim(), textCheck(personNameProblem));

/** A chat message: 1 to 2000 characters after trimming; line breaks are kept. */
export const MessageText = v.pipe(v.string(), v.trim(), textCheck(messageProblem));
