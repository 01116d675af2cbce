import { expect, test } from "vitest";
import { type KeyPress, shortcutOf } from "./shortcuts";

const press = (change: Partial<KeyPress>) =>
  shortcutOf({
    key: "m",
    code: "KeyM",
    isRepeat: false,
    hasModifier: false,
    focus: "none",
    isDialogOpen: false,
    ...change,
  })?.action;

test("a key does what the list says, in capitals too", () => {
  expect(press({})).toBe("microphone");
  expect(press({ key: "M" })).toBe("microphone");
  expect(press({ key: "v", code: "KeyV" })).toBe("camera");
  expect(press({ key: "?", code: "Slash" })).toBe("help");
  expect(press({ key: "x", code: "KeyX" })).toBeUndefined();
});

test("on a keyboard without Latin letters the place of the key counts, on a Latin one the letter", () => {
  expect(press({ key: "ь", code: "KeyM" })).toBe("microphone");
  expect(press({ key: ",", code: "KeyM" })).toBeUndefined();
  expect(press({ key: "m", code: "Semicolon" })).toBe("microphone");
});

test("a key that is typed, held, combined or pressed in a dialog is no shortcut", () => {
  expect(press({ focus: "typing" })).toBeUndefined();
  expect(press({ isRepeat: true })).toBeUndefined();
  expect(press({ hasModifier: true })).toBeUndefined();
  expect(press({ isDialogOpen: true })).toBeUndefined();
});

test("space presses the button that has the focus, and letters are shortcuts there too", () => {
  expect(press({ key: " ", code: "Space" })).toBe("talk");
  expect(press({ key: " ", code: "Space", focus: "control" })).toBeUndefined();
  expect(press({ focus: "control" })).toBe("microphone");
});
