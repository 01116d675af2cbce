import { type RefObject, useEffect } from "react";

/**
 * Catches the focus when the element that has it goes away (a tile whose person left, a notice that was dismissed): a
 * browser drops it on the page's body, and keyboard and screen reader would start over at the page's top.
 *
 * @param container takes the focus in its place; must have a `tabIndex`
 */
export function useKeptFocus(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let focused: EventTarget | null = null;
    const remember = ({ target }: FocusEvent) => {
      focused = target;
    };
    // Without a word from anyone else, the focus is nowhere: it was not moved, it was lost.
    const observer = new MutationObserver(() => {
      if (!(focused instanceof Element) || focused.isConnected) return;
      focused = null;
      if (document.activeElement === document.body) element.focus();
    });
    element.addEventListener("focusin", remember);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener("focusin", remember);
      observer.disconnect();
    };
  }, [container]);
}
