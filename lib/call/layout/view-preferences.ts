import * as v from "valibot";
import { readStored, writeStored } from "@/lib/browser-storage";
import { logWarning } from "@/lib/log";
import { LAYOUTS, SELF_VIEWS } from "./arrangement";
import { CORNERS } from "./corner-place";

const KEY = "mychat:view";

/** What a person has chosen of the call's picture, for this and every later call in this browser. */
const ViewPreferences = v.object({
  layout: v.picklist(LAYOUTS),
  selfView: v.picklist(SELF_VIEWS),
  corner: v.picklist(CORNERS),
});
export type ViewPreferences = v.InferOutput<typeof ViewPreferences>;

export const DEFAULT_VIEW: ViewPreferences = { layout: "grid", selfView: "auto", corner: "bottom-right" };

export function readViewPreferences(): ViewPreferences {
  const stored = readStored("browser", KEY);
  if (stored === undefined) return DEFAULT_VIEW;
  try {
    const parsed = v.safeParse(ViewPreferences, JSON.parse(stored));
    return parsed.success ? parsed.output : DEFAULT_VIEW;
  } catch (error) {
    logWarning("The stored view could not be read.", error);
    return DEFAULT_VIEW;
  }
}

export function storeViewPreferences(preferences: ViewPreferences): void {
  writeStored("browser", KEY, JSON.stringify(preferences));
}
