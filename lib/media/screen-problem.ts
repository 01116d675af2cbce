import * as v from "valibot";
import { type Browser, browserOf } from "./browser";

/** Why a screen can't be shared. `system`: the operating system keeps it from the browser. */
export type ScreenProblem = "system" | "failed";

/** What the SDK throws. Its message ends with the browser's own. */
const ScreenError = v.object({ code: v.string(), message: v.string() });

/** @returns `null` where nothing is wrong: the person closed the browser's question, or said no */
export function screenProblemOf(error: unknown): ScreenProblem | null {
  const parsed = v.safeParse(ScreenError, error);
  if (!parsed.success) return "failed";
  const { code, message } = parsed.output;
  switch (code) {
    case "PERMISSION_DENIED":
      // The only place where a text decides: Chromium gives both refusals one name, and nothing but the words tells the
      // system's from the person's (`PERMISSION_DENIED_BY_SYSTEM` in its media_stream_request_result).
      return /by system/i.test(message) ? "system" : null;
    case "NOT_READABLE":
      return "system";
    default:
      return "failed";
  }
}

/** What is wrong, and what to do about it. */
export function screenProblemWords(problem: ScreenProblem, { system }: Browser = browserOf(navigator)) {
  switch (problem) {
    case "system":
      return { text: "This computer's settings keep the screen from the browser.", help: whereTheSystemAllows(system) };
    case "failed":
      return { text: "Your screen could not be shared.", help: "Try again, or choose another window." };
    default:
      return problem satisfies never;
  }
}

function whereTheSystemAllows(system: Browser["system"]): string {
  return system === "macos"
    ? "Open System Settings, Privacy & Security, Screen & System Audio Recording, turn on this browser, and start it anew."
    : "Allow this browser to record the screen in the system's settings.";
}
