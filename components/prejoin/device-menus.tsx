import { DeviceSelect, SpeakerSelect } from "@/components/devices/device-select";
import { SpeakerTest } from "@/components/devices/speaker-test";

/** Which microphone, camera and speaker; on a phone beneath the way in, which needs no choice. */
export function DeviceMenus() {
  return (
    <section aria-label="Devices" className="grid gap-3 self-start sm:grid-cols-2">
      <DeviceSelect kind="microphone" />
      <DeviceSelect kind="camera" />
      <SpeakerSelect />
      <SpeakerTest />
    </section>
  );
}
