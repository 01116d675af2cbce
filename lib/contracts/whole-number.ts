import * as v from "valibot";

/** Of those that every end counts alike: up to 2^53 − 1. */
export const WholeNumber = v.pipe(v.number(), v.safeInteger());
