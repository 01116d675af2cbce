import * as z from "zod/mini";
import { readStored, writeStored } from "@/lib/browser-storage";
import { logWarning } from "@/lib/log";
import { LAYOUTS, SELF_VIEWS } from "./arrangement";
import { CORNERS } from "./corner-place";

const KEY = "mychat:view";

/** What a person has chosen of the call's picture, for this and every later call in this browser. */
const ViewPreferences = z.object({
  layout: z.enum(LAYOUTS),
  selfView: z.enum(SELF_VIEWS),
  corner: z.enum(CORNERS),
});
export type ViewPreferences = z.infer<typeof ViewPreferences>;

export const DEFAULT_VIEW: ViewPreferences = { layout: "grid", selfView: "auto", corner: "bottom-right" };

export function readViewPreferences(): ViewPreferences {
  const stored = readStored("browser", KEY);
  if (stored === undefined) return DEFAULT_VIEW;
  try {
    const parsed = z.safeParse(ViewPreferences, JSON.parse(stored));
    return parsed.success ? parsed.data : DEFAULT_VIEW;
  } catch (error) {
    logWarning("The stored view could not be read.", error);
    return DEFAULT_VIEW;
  }
}

export function storeViewPreferences(preferences: ViewPreferences): void {
  writeStored("browser", KEY, JSON.stringify(preferences));
}
