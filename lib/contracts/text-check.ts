import * as z from "zod/mini";

/** A schema's check from the function that says what is wrong with a text. */
export function textCheck(problemOf: (text: string) => string | null) {
  return z.check<string>((payload) => {
    const problem = problemOf(payload.value);
    if (problem !== null) payload.issues.push({ code: "custom", message: problem, input: payload.value });
  });
}
