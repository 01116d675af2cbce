import { useCall } from "@/components/room/call-context";
import { deviceSentences } from "@/lib/media/device-problem-text";

/** What is wrong with the devices, and that one can join all the same. */
export function DeviceNotice() {
  const microphone = useCall((state) => state.microphone.problem);
  const camera = useCall((state) => state.camera.problem);
  const sentences = deviceSentences(microphone, camera);
  if (sentences.length === 0) return null;
  return (
    <div role="alert" className="rounded-xl border border-line bg-surface px-4 py-3 text-sm">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className="mt-1 text-muted">You can join all the same, and the others will see your name.</p>
    </div>
  );
}
