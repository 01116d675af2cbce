/** Where this app's server gives out what the effects load at run time; see `lib/server/effect-files`. */
export const EFFECT_FILES = "/api/effects";
