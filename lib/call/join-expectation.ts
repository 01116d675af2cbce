import type { Credentials } from "@/lib/contracts/http";
import type { JoinPreparation } from "@/lib/rtc/join-preparation";
import { whenIdle } from "@/lib/when-idle";
import type { CallState, CallStore } from "./call-store";

/**
 * Has a join prepared while the person looks at themselves, for as long as it would find the room as it is.
 *
 * @param credentials what the room was opened with
 * @returns the disposer
 */
export function expectJoin(
  store: CallStore,
  preparation: Pick<JoinPreparation, "expect">,
  credentials: () => Credentials,
): () => void {
  let isExpected: boolean | undefined = false;
  let cancel: (() => void) | undefined;
  const note = (state: CallState) => {
    // The join takes what there is: whether anything is left after it is to be seen.
    const isExpectedNow = state.phase === "joining" ? undefined : isLikely(state);
    if (isExpectedNow === isExpected) return;
    isExpected = isExpectedNow;
    cancel?.();
    if (isExpected === undefined) return;
    if (isExpected) cancel = whenIdle(() => preparation.expect(credentials()));
    else preparation.expect(undefined);
  };
  const stop = store.subscribe(note);
  return () => {
    stop();
    cancel?.();
    preparation.expect(undefined);
  };
}

/**
 * One other is there, to be linked with. Without the stream the network may be another one by now, and without a device that is
 * allowed a browser does not say this machine's addresses.
 */
function isLikely({ phase, isStreamConnected, order, microphone, camera }: CallState): boolean {
  const isDeviceOn = microphone.status === "on" || camera.status === "on";
  return phase === "ready" && isStreamConnected && order.length === 1 && isDeviceOn;
}
