import type { ILocalTrack } from "agora-rtc-react";
import type { Listener } from "./typed-emitter";

/**
 * How a local track of the SDK tells the clients that publish it what has become of it: events of its own, each with
 * `(track, resolve, reject)`, that `setMuted`, `setEnabled`, `setDevice` and `replaceTrack` wait for. Read in the
 * bundled SDK 4.24.2; a test pins that each is still emitted.
 */
const TRACK_NEEDS = {
  "@need_mute_track": "mute",
  "@need_unmute_track": "unmute",
  // Web to web, Agora's servers pass a disabled track on as a muted one: `mute-video`, not `disable-local-video`.
  "@need_disable_track": "mute",
  "@need_enable_track": "unmute",
  "@need_replace_track": "replace",
} as const;

export type TrackNeed = (typeof TRACK_NEEDS)[keyof typeof TRACK_NEEDS];

/**
 * Tells what a local track needs of its client.
 *
 * @param onNeed the track's own method (`setMuted`, …) waits for it and fails with it
 * @param onClose the track was closed: its MediaStreamTrack is gone
 * @returns the disposer
 */
export function listenToLocalTrack(
  track: ILocalTrack,
  onNeed: (need: TrackNeed) => Promise<void>,
  onClose: () => void,
): () => void {
  // The SDK's declarations know only the events that are for everyone.
  const events: { on(event: string, listener: Listener): void; off(event: string, listener: Listener): void } = track;
  const disposers = Object.entries(TRACK_NEEDS).map(([event, need]) => {
    const listener = (_track: unknown, resolve: () => void, reject: (reason: unknown) => void) => {
      onNeed(need).then(resolve, reject);
    };
    events.on(event, listener);
    return () => events.off(event, listener);
  });
  events.on("@need_close", onClose);
  return () => {
    for (const dispose of disposers) dispose();
    events.off("@need_close", onClose);
  };
}
