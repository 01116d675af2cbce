"use client";

import { type ComponentProps, useEffect, useRef } from "react";

/**
 * The heading of a screen that takes another's place: takes the focus where the button that had it is gone, so that a
 * keyboard or a screen reader goes on from here and not from nowhere.
 */
export function FocusedHeading(props: ComponentProps<"h1">) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return <h1 ref={heading} tabIndex={-1} {...props} />;
}
