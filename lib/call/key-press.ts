import type { KeyPress } from "./shortcuts";

const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=slider]";
const CONTROLS = "button, a[href], summary, [role=button], [role=link], [role=switch], [role=checkbox], [role=tab]";
const DIALOGS = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

/** What a shortcut must know of a key press, read from the page. */
export function keyPressOf(event: KeyboardEvent): KeyPress {
  const { key, code, repeat, target } = event;
  return {
    key,
    code,
    isRepeat: repeat,
    // Composing a letter out of several keys is typing, too.
    hasModifier: event.ctrlKey || event.altKey || event.metaKey || event.isComposing,
    focus: target instanceof Element ? focusOf(target) : "none",
    isDialogOpen: document.querySelector(DIALOGS) !== null,
  };
}

function focusOf(element: Element): KeyPress["focus"] {
  if (element.closest(FIELDS)) return "typing";
  return element.closest(CONTROLS) ? "control" : "none";
}
