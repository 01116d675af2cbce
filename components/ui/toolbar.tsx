import {
  type ComponentProps,
  createContext,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  use,
  useId,
  useRef,
  useState,
} from "react";

interface Stop {
  /** The id of the button that the Tab key comes to. */
  current: string | null;
  take: (id: string) => void;
}

const StopContext = createContext<Stop | null>(null);

interface ToolbarProps {
  label: string;
  className: string;
  children?: ReactNode;
}

/**
 * One stop of the Tab key for all its buttons, arrow keys between them (WAI-ARIA APG, toolbar). The Tab key comes to the button that had
 * the focus last, or through the toolbar itself to the first one that is seen: which one that is, a style sheet decides.
 */
export function Toolbar({ label, className, children }: ToolbarProps) {
  const toolbar = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const [isLeaving, setIsLeaving] = useState(false);

  const shown = () =>
    [...(toolbar.current?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])].filter(
      (button) => button.getClientRects().length > 0,
    );
  const onFocus = ({ target, currentTarget }: FocusEvent) => {
    if (target !== currentTarget) return;
    const buttons = shown();
    (buttons.find(({ dataset }) => dataset.stop === current) ?? buttons[0])?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    // Perhaps of another window (picture-in-picture), whose elements are no instances of this one's classes.
    const target = event.target as HTMLElement;
    // What a button opened is drawn elsewhere, and has keys of its own.
    if (event.defaultPrevented || !toolbar.current?.contains(target)) return;
    // Backwards from a button is out, and not to the toolbar itself.
    if (key === "Tab" && event.shiftKey) return setIsLeaving(true);
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const buttons = shown();
    const next = nextOf(key, buttons.indexOf(target), buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    buttons.at(next % buttons.length)?.focus();
  };

  return (
    <StopContext value={{ current, take: setCurrent }}>
      <div
        ref={toolbar}
        role="toolbar"
        aria-label={label}
        tabIndex={isLeaving ? -1 : 0}
        className={`outline-none ${className}`}
        onFocus={onFocus}
        onBlur={() => setIsLeaving(false)}
        onKeyDown={onKeyDown}
      >
        {children}
      </div>
    </StopContext>
  );
}

function nextOf(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return from + 1;
    case "ArrowLeft":
      return from + count - 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** A button in a toolbar. */
export function ToolbarButton({ onFocus, ...props }: ComponentProps<"button">) {
  const id = useId();
  const stop = use(StopContext);
  if (!stop) throw new Error("ToolbarButton is used outside a toolbar.");
  return (
    <button
      type="button"
      data-stop={id}
      tabIndex={stop.current === id ? 0 : -1}
      onFocus={(event) => {
        stop.take(id);
        onFocus?.(event);
      }}
      {...props}
    />
  );
}
