import { Activity } from "lucide-react";
import { useState } from "react";
import { ConnectionPanel } from "@/components/connection/connection-panel";
import { useCall } from "@/components/room/call-context";
import { Button } from "@/components/ui/button";
import { SettingsSection } from "./settings-section";

/** How sound and picture get to and fro, for those who want to know. In a call only: before it nothing flows. */
export function ConnectionSection() {
  const client = useCall((state) => state.stay?.client);
  const [isOpen, setIsOpen] = useState(false);
  if (!client) return null;
  return (
    <SettingsSection title="Connection">
      <Button
        tone="quiet"
        className="h-10! self-start px-4! text-sm"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Activity className="size-4" aria-hidden="true" />
        {isOpen ? "Hide the numbers" : "Show the numbers"}
      </Button>
      {isOpen ? <ConnectionPanel client={client} /> : null}
    </SettingsSection>
  );
}
