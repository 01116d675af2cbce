import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { LaterCode } from "@/lib/later-code";
import { LoadProblem } from "./load-problem";

interface LaterProps<Module> {
  code: LaterCode<Module>;
  /** Somebody is waiting for it. */
  isWanted: boolean;
  /** They wait no more: it could not be loaded, and they put the words about that away. */
  onGiveUp: () => void;
  /** What stands in its place until it is here. */
  stub?: ReactNode;
  children: (module: Module) => ReactNode;
}

/** Draws with what comes later: at once where it is here. */
export function Later<Module>({ code, isWanted, onGiveUp, stub, children }: LaterProps<Module>) {
  const { module, hasFailed } = useStore(code.store);
  useEffect(() => {
    if (isWanted) void code.load();
  }, [code, isWanted]);
  if (module) return children(module);
  return (
    <>
      {stub}
      {isWanted && hasFailed ? <LoadProblem onRetry={() => void code.load()} onClose={onGiveUp} /> : null}
    </>
  );
}

interface LaterButtonProps<Module> {
  code: LaterCode<Module>;
  /** The button as it looks with its menu or dialog closed. */
  stub: (onClick: () => void) => ReactNode;
  /** The button with what it opens; open from the start where it was asked for before it was here. */
  children: (module: Module, isOpenAtFirst: boolean) => ReactNode;
}

/** A button whose menu or dialog comes later. Who has the focus on it keeps it when the one takes the other's place. */
export function LaterButton<Module>({ code, stub, children }: LaterButtonProps<Module>) {
  const [isAsked, setIsAsked] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const hadFocus = useRef(false);
  return (
    <span ref={place} className="contents">
      <Later
        code={code}
        isWanted={isAsked}
        onGiveUp={() => setIsAsked(false)}
        stub={
          <Stub place={place} hadFocus={hadFocus}>
            {stub(() => setIsAsked(true))}
          </Stub>
        }
      >
        {(loaded) => (
          <Arrived place={place} hadFocus={hadFocus}>
            {children(loaded, isAsked)}
          </Arrived>
        )}
      </Later>
    </span>
  );
}

interface SwapProps {
  place: RefObject<HTMLElement | null>;
  hadFocus: RefObject<boolean>;
  children: ReactNode;
}

/** Notes, just before it goes, whether it has the focus. */
function Stub({ place, hadFocus, children }: SwapProps) {
  useLayoutEffect(
    () => () => {
      hadFocus.current = place.current?.contains(document.activeElement) ?? false;
    },
    [place, hadFocus],
  );
  return children;
}

function Arrived({ place, hadFocus, children }: SwapProps) {
  useLayoutEffect(() => {
    if (hadFocus.current) place.current?.querySelector("button")?.focus();
    hadFocus.current = false;
  }, [place, hadFocus]);
  return children;
}
