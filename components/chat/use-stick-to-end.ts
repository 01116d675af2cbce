import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** So close to its end a list is at its end. Pixels. */
const NEAR_PX = 48;

interface ListKeys {
  /** Changes when something is added before all others. */
  first: unknown;
  /** Changes when something is added after all others. */
  last: unknown;
  /** Another one when this person adds something, which they want to see; `undefined` when none is on its way. */
  own: unknown;
}

interface StuckList<Element> {
  list: RefObject<Element | null>;
  onScroll: () => void;
  /** Something came in below what is seen. */
  hasNewBelow: boolean;
  goToEnd: () => void;
}

/**
 * Keeps a growing list at its end for who is there, and where it is for who has scrolled up, also when older ones come in
 * above. The list must not anchor its scrolling itself (`overflow-anchor: none`).
 */
export function useStickToEnd<Element extends HTMLElement>({ first, last, own }: ListKeys): StuckList<Element> {
  const list = useRef<Element>(null);
  const isAtEnd = useRef(true);
  const before = useRef<{ first: unknown; last: unknown; own: unknown; height: number } | null>(null);
  const [hasNewBelow, setHasNewBelow] = useState(false);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const previous = before.current;
    before.current = { first, last, own, height: element.scrollHeight };
    const hasAdded = own !== undefined && previous?.own !== own;
    if (previous === null || isAtEnd.current || hasAdded) {
      element.scrollTop = element.scrollHeight;
      isAtEnd.current = true;
      setHasNewBelow(false);
      return;
    }
    if (previous.first !== first) element.scrollTop += element.scrollHeight - previous.height;
    if (previous.last !== last) setHasNewBelow(true);
  }, [first, last, own]);

  const onScroll = () => {
    const element = list.current;
    if (!element) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    if (isAtEnd.current) setHasNewBelow(false);
  };

  const goToEnd = () => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  };

  return { list, onScroll, hasNewBelow, goToEnd };
}
