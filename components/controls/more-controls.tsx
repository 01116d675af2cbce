import { Ellipsis } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { ControlButton } from "./control-button";

/**
 * The rarer controls: in line with the others where there is room, else on a shelf above them that `More` opens. The same
 * buttons by role and name either way, and the same elements, so that a dialog that one of them opened outlives a turn of
 * the phone.
 */
export function MoreControls({ children }: { children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  const shelfId = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    // A menu or dialog that one of them opened takes the key for itself.
    if (event.key === "Escape" && !event.defaultPrevented) setIsOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key that closes what the button within opens.
    <div className="contents" onKeyDown={onKeyDown}>
      <div className="@2xl:hidden">
        <ControlButton label="More" aria-expanded={isOpen} aria-controls={shelfId} onClick={() => setIsOpen(!isOpen)}>
          <Ellipsis />
        </ControlButton>
      </div>
      <div
        id={shelfId}
        data-shelf
        className={`@2xl:contents ${isOpen ? "-order-1 mb-6 flex basis-full justify-center gap-2 @2xl:mb-0 @min-[22rem]:gap-4" : "hidden"}`}
      >
        {children}
      </div>
    </div>
  );
}
