import { DeviceSelect } from "@/components/devices/device-select";
import { DeviceTrouble } from "@/components/devices/device-statement";
import { EffectSwitch } from "@/components/devices/effect-switch";
import { LevelMeter } from "@/components/devices/level-meter";
import { SettingsSection } from "./settings-section";

export function MicrophoneSection() {
  return (
    <SettingsSection title="Microphone">
      <DeviceSelect kind="microphone" />
      <LevelMeter />
      <EffectSwitch effect="noise" />
      <DeviceTrouble kind="microphone" />
    </SettingsSection>
  );
}
