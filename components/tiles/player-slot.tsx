import { type ReactNode, useLayoutEffect, useRef } from "react";

/**
 * A place for one of the SDK's video components, which leaves the page before what is around it does. The SDK (4.24) asks what
 * plays a track for the size of its video until that has one: for ever, where it was stopped before. So it is kept, and it would keep the
 * page that it was a part of.
 */
export function PlayerSlot({ children }: { children: ReactNode }) {
  const slot = useRef<HTMLDivElement>(null);
  const player = useRef<Element>(null);
  useLayoutEffect(() => {
    player.current ??= slot.current?.firstElementChild ?? null;
    // There already, but where StrictMode has taken it away to see whether it comes back.
    if (player.current) slot.current?.append(player.current);
    return () => player.current?.remove();
  }, []);
  return (
    <div ref={slot} className="size-full">
      {children}
    </div>
  );
}
