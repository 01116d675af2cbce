import { DeviceSelect } from "@/components/devices/device-select";
import { DeviceTrouble } from "@/components/devices/device-statement";
import { EffectSwitch } from "@/components/devices/effect-switch";
import { MirroredVideo } from "@/components/devices/mirrored-video";
import { useCall } from "@/components/room/call-context";
import { SettingsSection } from "./settings-section";

export function CameraSection() {
  const status = useCall((state) => state.camera.status);
  return (
    <SettingsSection title="Camera">
      <div className="flex h-48 items-center justify-center rounded-xl bg-ground">
        {status === "on" ? (
          <MirroredVideo />
        ) : (
          <p className="text-muted text-sm">{status === "starting" ? "Starting the camera…" : "The camera is off"}</p>
        )}
      </div>
      <DeviceSelect kind="camera" />
      <EffectSwitch effect="blur" />
      <DeviceTrouble kind="camera" />
    </SettingsSection>
  );
}
