import { expect, test } from "vitest";
import { screenProblemOf, screenProblemWords } from "./screen-problem";

const refusal = (code: string, words: string) => ({ code, message: `AgoraRTCError ${code}: ${words}` });

test("who closes the browser's question is told nothing", () => {
  expect(screenProblemOf(refusal("PERMISSION_DENIED", "NotAllowedError: Permission denied"))).toBeNull();
  expect(screenProblemOf(refusal("PERMISSION_DENIED", "NotAllowedError: Permission denied by user"))).toBeNull();
});

test("what the system refuses is said, with where it is allowed", () => {
  const problem = screenProblemOf(refusal("PERMISSION_DENIED", "NotAllowedError: Permission denied by system"));
  expect(problem).toBe("system");
  expect(screenProblemOf(refusal("NOT_READABLE", "NotReadableError: Could not start video source"))).toBe("system");
  expect(screenProblemWords("system", { name: "chrome", system: "macos" }).help).toContain("Screen & System Audio");
  expect(screenProblemWords("system", { name: "chrome", system: "other" }).help).not.toContain("Privacy");
});

test("anything else has failed", () => {
  expect(screenProblemOf(refusal("UNEXPECTED_ERROR", "AbortError: Invalid state"))).toBe("failed");
  expect(screenProblemOf(new Error("a mistake"))).toBe("failed");
});
