import { SidePanel } from "@/components/panels/side-panel";

/** What is written in the call. */
export function ChatPanel() {
  return <SidePanel title="Chat">{null}</SidePanel>;
}
