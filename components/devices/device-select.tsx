import { ChevronDown, Mic, Video, Volume2 } from "lucide-react";
import { useCall, useCallSession } from "@/components/room/call-context";
import type { ChoosableKind } from "@/lib/media/device-list";
import { canChooseSpeaker } from "@/lib/media/speaker";

const LABELS: Record<ChoosableKind, string> = { microphone: "Microphone", camera: "Camera", speaker: "Speaker" };
const ICONS = { microphone: Mic, camera: Video, speaker: Volume2 };

/** A native menu of the devices of one kind, for as long as there are any: on a phone nothing is easier to use. */
export function DeviceSelect({ kind }: { kind: ChoosableKind }) {
  const { media } = useCallSession();
  const { devices, defaultLabel, selectedId, awayLabel } = useCall((state) => state.deviceMenus[kind]);
  if (devices.length === 0) return null;
  const Icon = ICONS[kind];
  return (
    <div className="relative min-w-0">
      <Icon
        className="pointer-events-none absolute top-1/2 left-3.5 size-4 -translate-y-1/2 text-muted"
        aria-hidden="true"
      />
      <select
        aria-label={LABELS[kind]}
        value={selectedId}
        onChange={(event) => void media.choose(kind, event.target.value || null)}
        className="h-11 w-full appearance-none truncate rounded-xl border border-line bg-ground pr-9 pl-10 text-base transition-colors hover:border-muted sm:text-sm"
      >
        {defaultLabel === null ? null : (
          <option value="">{defaultLabel ? `${defaultLabel} (system default)` : "System default"}</option>
        )}
        {devices.map(({ deviceId, label }, index) => (
          <option key={deviceId} value={deviceId}>
            {label || `${LABELS[kind]} ${index + 1}`}
          </option>
        ))}
        {awayLabel ? <option disabled>{`${awayLabel} (not connected)`}</option> : null}
      </select>
      <ChevronDown
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
        aria-hidden="true"
      />
    </div>
  );
}

/** Where the others are heard; nothing where the browser leaves that to the system. */
export function SpeakerSelect() {
  return canChooseSpeaker() ? <DeviceSelect kind="speaker" /> : null;
}
