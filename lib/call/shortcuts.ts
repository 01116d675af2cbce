/** What a key does. A new shortcut is a line in `SHORTCUTS`, and its action in `useShortcuts`. */
export type ShortcutAction =
  | "microphone"
  | "camera"
  | "screen"
  | "talk"
  | "layout"
  | "full-screen"
  | "hand"
  | "chat"
  | "people"
  | "help";

export interface Shortcut {
  action: ShortcutAction;
  /** By the letter or sign it types; `" "` for the space bar. */
  key: string;
  /** As on the key, for the list. */
  keyName: string;
  words: string;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { action: "microphone", key: "m", keyName: "M", words: "Microphone on or off" },
  { action: "camera", key: "v", keyName: "V", words: "Camera on or off" },
  { action: "screen", key: "s", keyName: "S", words: "Share your screen, or stop" },
  {
    action: "talk",
    key: " ",
    keyName: "Space",
    words: "Hold to talk while muted. On a focused button it presses the button.",
  },
  { action: "layout", key: "g", keyName: "G", words: "Next layout" },
  { action: "full-screen", key: "f", keyName: "F", words: "Full screen, and out of it" },
  { action: "hand", key: "h", keyName: "H", words: "Raise or lower your hand" },
  { action: "chat", key: "c", keyName: "C", words: "Chat" },
  { action: "people", key: "p", keyName: "P", words: "People" },
  { action: "help", key: "?", keyName: "?", words: "This list" },
];

export interface KeyPress {
  key: string;
  /** Which key of the keyboard it is, whatever it types. */
  code: string;
  isRepeat: boolean;
  hasModifier: boolean;
  /** What has the focus: it may have a use for the key itself. */
  focus: "typing" | "control" | "none";
  isDialogOpen: boolean;
}

/** The shortcut that a key press means; none while typing, with a modifier, in a dialog or menu, or by auto-repeat. */
export function shortcutOf(press: KeyPress): Shortcut | undefined {
  if (press.isRepeat || press.hasModifier || press.isDialogOpen || press.focus === "typing") return undefined;
  const key = typedOrPrinted(press);
  // Space presses the button or link that has the focus.
  if (key === " " && press.focus === "control") return undefined;
  return SHORTCUTS.find((shortcut) => shortcut.key === key);
}

/** Whether the key that was let go is the one that a shortcut is held by. */
export function isKeyOf(action: ShortcutAction, { key }: { key: string }): boolean {
  return SHORTCUTS.some((shortcut) => shortcut.action === action && shortcut.key === key.toLowerCase());
}

/** The letter it types; in a script without Latin letters, the one that is printed on the key beside its own. */
function typedOrPrinted({ key, code }: Pick<KeyPress, "key" | "code">): string {
  const isLetterKey = /^Key[A-Z]$/.test(code);
  const isLatin = /^[\u0020-\u007e]$/.test(key);
  return (isLetterKey && !isLatin ? code.slice("Key".length) : key).toLowerCase();
}
