import { expect, test } from "vitest";
import { deviceStatements } from "./device-problem-text";

const CHROME = { name: "chrome", system: "windows" } as const;

test("what fails for the same reason is said once, for both", () => {
  const [statement, ...others] = deviceStatements({ microphone: "refused", camera: "refused" }, CHROME);
  expect(others).toEqual([]);
  expect(statement).toEqual({
    kinds: ["camera", "microphone"],
    text: "Camera and microphone are blocked for this page.",
    help: "Click the icon left of the address and turn on Camera and Microphone.",
    action: "Try again",
  });
});

test("what fails for different reasons is said of each, with its own mending", () => {
  const statements = deviceStatements({ microphone: "unanswered", camera: "missing" }, CHROME);
  expect(statements.map(({ kinds, action }) => [...kinds, action])).toEqual([
    ["camera", null],
    ["microphone", "Allow"],
  ]);
});

test("where to click is told in the browser's own words", () => {
  const help = (name: "safari" | "firefox" | "chrome-android") =>
    deviceStatements({ microphone: null, camera: "refused" }, { name, system: "other" })[0]?.help;
  expect(help("safari")).toContain("Settings for This Website…, set Camera to Allow");
  expect(help("firefox")).toContain("crossed-out symbol left of the address");
  expect(help("chrome-android")).toContain("then Permissions");
});

test("a camera without its blur is not turned on but by a button that says what it does", () => {
  const [statement] = deviceStatements({ microphone: null, camera: "blur-slow" }, CHROME);
  expect(statement).toMatchObject({
    text: "This device is too slow to blur your background.",
    help: "The camera is off, so that nobody sees your room.",
    action: "Turn on without blur",
  });
});

test("nothing wrong, nothing said", () => {
  expect(deviceStatements({ microphone: null, camera: null }, CHROME)).toEqual([]);
});
