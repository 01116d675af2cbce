import { SettingsIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { ControlButton } from "@/components/controls/control-button";

export function SettingsButton(props: Omit<ComponentProps<typeof ControlButton>, "label">) {
  return (
    <ControlButton label="Settings" {...props}>
      <SettingsIcon />
    </ControlButton>
  );
}
