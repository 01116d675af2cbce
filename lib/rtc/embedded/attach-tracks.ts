import { MEDIA_KINDS, type MediaKind } from "./peer-signal";

/** What a connection sends by, and what it is to send. */
interface Outlet {
  sender(kind: MediaKind): RTCRtpSender | undefined;
  outgoing(kind: MediaKind): MediaStreamTrack | null;
  /** Closed meanwhile: whatever takes its place attaches for itself. */
  isOver(): boolean;
}

/** Has each sender send what it is to, where that has changed. @throws {DOMException} `InvalidStateError`, `InvalidModificationError` */
export async function attachTracks({ sender, outgoing, isOver }: Outlet): Promise<void> {
  await Promise.all(
    MEDIA_KINDS.map(async (kind) => {
      const each = sender(kind);
      const track = outgoing(kind);
      if (!each || each.track === track) return;
      try {
        await each.replaceTrack(track);
      } catch (error) {
        if (!isOver()) throw error;
      }
    }),
  );
}
