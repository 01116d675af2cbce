import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Takes the focus into a panel when it opens, to what has `data-autofocus` or else its heading, and gives it back when the
 * panel closes with the focus in it.
 */
export function useReturnedFocus(): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const element = panel.current;
    if (!element) return;
    if (!element.contains(document.activeElement)) before.current = document.activeElement;
    element.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    if (!element.contains(document.activeElement)) element.querySelector<HTMLElement>("h2")?.focus();
    return () => {
      if (!element.contains(document.activeElement)) return;
      const returnsTo = before.current;
      // When all that changes with the panel has changed: what lay beneath it could not be focused until now.
      queueMicrotask(() => {
        if (!element.isConnected && returnsTo instanceof HTMLElement && returnsTo.isConnected) returnsTo.focus();
      });
    };
  }, []);
  return panel;
}
