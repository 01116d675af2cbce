import { ChatPanel } from "@/components/chat/chat-panel";
import { PeoplePanel } from "@/components/people/people-panel";
import { useOpenPanel } from "./use-panels";

/** The panel that is open, if one is. */
export function OpenPanel() {
  const panel = useOpenPanel();
  switch (panel) {
    case null:
      return null;
    case "chat":
      return <ChatPanel />;
    case "people":
      return <PeoplePanel />;
    default:
      return panel satisfies never;
  }
}
