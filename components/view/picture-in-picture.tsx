import { PhoneOff } from "lucide-react";
import { createPortal } from "react-dom";
import { useStore } from "zustand";
import { ControlButton } from "@/components/controls/control-button";
import { CameraControl, MicrophoneControl } from "@/components/controls/device-controls";
import { useCall, useCallSession, useView } from "@/components/room/call-context";
import { Toolbar } from "@/components/ui/toolbar";
import { partsOf, type TileId, tileIdOf } from "@/lib/call/layout/tile-id";
import { tileNameOf } from "@/lib/call/selectors";
import { FloatingPicture, FloatingScreen } from "./floating-picture";

/** Draws the call into the small window that floats above other programs, while there is one. */
export function PictureInPicture() {
  const { pictureWindow } = useCallSession();
  const floating = useStore(pictureWindow.store, (state) => state.window);
  return floating ? createPortal(<FloatingCall />, floating.document.body) : null;
}

/** The screen that is shared, or who is pinned or spoke last, oneself small, and what one needs at hand. */
function FloatingCall() {
  const session = useCallSession();
  const featured = useView((state) => state.featured);
  const selfUid = useCall((state) => state.order.find((one) => state.players[one]?.isLocal));
  const isSelfHidden = useView((state) => state.selfView === "hidden");
  return (
    <main aria-label="The call" className="group relative h-dvh overflow-hidden bg-ground">
      {featured === null ? null : <FloatingTile id={featured} />}
      {selfUid === undefined || featured === tileIdOf("camera", selfUid) || isSelfHidden ? null : (
        <div className="absolute top-2 right-2 h-[26%] w-[26%] overflow-hidden rounded-lg bg-surface shadow-black/50 shadow-md">
          <FloatingPicture uid={selfUid} />
        </div>
      )}
      <Toolbar
        label="Call controls"
        className="absolute inset-x-0 bottom-0 flex justify-center gap-3 bg-linear-to-t from-ground p-3"
      >
        <MicrophoneControl />
        <CameraControl />
        <ControlButton label="Leave" tone="danger" onClick={() => void session.leave()}>
          <PhoneOff />
        </ControlButton>
      </Toolbar>
    </main>
  );
}

function FloatingTile({ id }: { id: TileId }) {
  const { kind, uid } = partsOf(id);
  const name = useCall((state) => tileNameOf(state, id));
  return (
    <>
      {kind === "screen" ? <FloatingScreen uid={uid} /> : <FloatingPicture uid={uid} />}
      <p className="absolute top-2 left-2 max-w-[65%] truncate rounded-lg bg-ground/80 px-2 py-0.5 text-xs">
        <bdi>{name}</bdi>
      </p>
    </>
  );
}
