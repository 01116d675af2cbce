import { Move, Pin, PinOff } from "lucide-react";
import { memo, type ReactNode } from "react";
import { MemberActions } from "@/components/hosts/member-actions";
import { useCall, useCallSession, useView } from "@/components/room/call-context";
import { nextCorner } from "@/lib/call/layout/corner-place";
import { partsOf, type TileId } from "@/lib/call/layout/tile-id";
import { tileNameOf } from "@/lib/call/selectors";

/** What can be done with a tile: seen under a mouse and by the keyboard's focus. Fingers have it by the tile's size. */
export const TileActions = memo(function TileActions({ id }: { id: TileId }) {
  const role = useView((state) => state.places.get(id)?.role);
  switch (role) {
    case undefined:
      return null;
    case "strip":
      return <StripActions id={id} />;
    case "corner":
      return <CornerActions id={id} />;
    case "grid":
    case "stage":
      return <LargeActions id={id} />;
    default:
      return role satisfies never;
  }
});

const UNDER_MOUSE_OR_FOCUS =
  "pointer-fine:opacity-0 pointer-fine:group-hover:opacity-100 pointer-fine:group-has-focus-visible:opacity-100";

function LargeActions({ id }: { id: TileId }) {
  const { kind, uid } = partsOf(id);
  const isPinned = useView((state) => state.pinned === id);
  return (
    <div
      className={`absolute top-2 right-2 flex gap-1 transition-opacity has-data-[state=open]:opacity-100! ${isPinned ? "" : UNDER_MOUSE_OR_FOCUS}`}
    >
      {kind === "camera" ? <MemberActions uid={uid} className={ROUND} /> : null}
      <PinButton id={id} className={ROUND} />
    </div>
  );
}

/** A finger on a small picture in the strip makes it large: the button is as large as the tile, and not seen. */
function StripActions({ id }: { id: TileId }) {
  return (
    <div
      className={`absolute pointer-coarse:inset-0 pointer-fine:top-2 pointer-fine:right-2 transition-opacity ${UNDER_MOUSE_OR_FOCUS}`}
    >
      <PinButton
        id={id}
        className={`${ROUND} pointer-coarse:size-full pointer-coarse:rounded-2xl pointer-coarse:bg-transparent pointer-coarse:[&>svg]:hidden`}
      />
    </div>
  );
}

/** A finger drags the floating picture; a touch shows the rest. */
function CornerActions({ id }: { id: TileId }) {
  const { view } = useCallSession();
  return (
    <div
      className={`absolute top-1.5 right-1.5 flex gap-1 transition-opacity ${UNDER_MOUSE_OR_FOCUS} pointer-coarse:not-group-focus-within:pointer-events-none pointer-coarse:not-group-focus-within:opacity-0`}
    >
      <TileButton
        label="Move to another corner"
        className={ROUND}
        onClick={() => view.moveSelfView(nextCorner(view.store.getState().corner))}
      >
        <Move />
      </TileButton>
      <PinButton id={id} className={ROUND} />
    </div>
  );
}

function PinButton({ id, className }: { id: TileId; className: string }) {
  const { view } = useCallSession();
  const name = useCall((state) => tileNameOf(state, id));
  const isPinned = useView((state) => state.pinned === id);
  return (
    <TileButton
      label={`${isPinned ? "Unpin" : "Pin"} ${name}`}
      className={className}
      onClick={() => view.togglePin(id)}
    >
      {isPinned ? <PinOff /> : <Pin />}
    </TileButton>
  );
}

const ROUND = "size-9 rounded-full bg-ground/70 hover:bg-raised";

interface TileButtonProps {
  label: string;
  className: string;
  onClick: () => void;
  children: ReactNode;
}

function TileButton({ label, className, onClick, children }: TileButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className={`inline-flex items-center justify-center text-ink transition-colors [&>svg]:size-[18px] ${className}`}
    >
      {children}
    </button>
  );
}
