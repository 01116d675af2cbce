import { SpeakerSelect } from "@/components/devices/device-select";
import { SpeakerTest } from "@/components/devices/speaker-test";
import { SettingsSection } from "./settings-section";

export function SpeakerSection() {
  return (
    <SettingsSection title="Speaker">
      <SpeakerSelect />
      <SpeakerTest />
    </SettingsSection>
  );
}
