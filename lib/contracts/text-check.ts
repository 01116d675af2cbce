import * as v from "valibot";

/** A schema's check from the function that says what is wrong with a text. */
export function textCheck(problemOf: (text: string) => string | null) {
  return v.rawCheck<string>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const problem = problemOf(dataset.value);
    if (problem !== null) addIssue({ message: problem });
  });
}
