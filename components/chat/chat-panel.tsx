import { SidePanel } from "@/components/panels/side-panel";
import { MessageField } from "./message-field";
import { MessageLog } from "./message-log";
import { useReading } from "./use-reading";

/** What is written in the call. */
export function ChatPanel() {
  useReading();
  return (
    <SidePanel title="Chat">
      <MessageLog />
      <MessageField />
    </SidePanel>
  );
}
