import { Smile } from "lucide-react";
import type { ComponentProps } from "react";
import { ControlButton } from "./control-button";

export function ReactionsButton(props: Omit<ComponentProps<typeof ControlButton>, "label">) {
  return (
    <ControlButton label="Reactions" {...props}>
      <Smile />
    </ControlButton>
  );
}
