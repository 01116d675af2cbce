import { DeviceSelect } from "@/components/devices/device-select";
import { DeviceTrouble } from "@/components/devices/device-statement";
import { LevelMeter } from "@/components/devices/level-meter";
import { SettingsSection } from "./settings-section";

export function MicrophoneSection() {
  return (
    <SettingsSection title="Microphone">
      <DeviceSelect kind="microphone" />
      <LevelMeter />
      <DeviceTrouble kind="microphone" />
    </SettingsSection>
  );
}
