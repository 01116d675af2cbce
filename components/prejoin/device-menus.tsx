import { DeviceSelect, SpeakerSelect } from "@/components/devices/device-select";
import { EffectSwitch } from "@/components/devices/effect-switch";
import { SpeakerTest } from "@/components/devices/speaker-test";

/** Which microphone, camera and speaker, and what is done to sound and picture; on a phone beneath the way in, which needs no choice. */
export function DeviceMenus() {
  return (
    <section aria-label="Devices" className="grid gap-3 self-start sm:grid-cols-2 sm:gap-x-6">
      <DeviceSelect kind="microphone" />
      <DeviceSelect kind="camera" />
      <SpeakerSelect />
      <SpeakerTest />
      <EffectSwitch effect="noise" />
      <EffectSwitch effect="blur" />
    </section>
  );
}
