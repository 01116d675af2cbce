import { MessageSquare, Users } from "lucide-react";
import { useOpenPanel } from "@/components/panels/use-panels";
import { useCallSession } from "@/components/room/call-context";
import { LitControl } from "./control-button";

export function ChatControl() {
  const { panels } = useCallSession();
  const isOpen = useOpenPanel() === "chat";
  return (
    <LitControl label="Chat" shortcut="c" isOn={isOpen} onClick={() => panels.toggle("chat")}>
      <MessageSquare />
    </LitControl>
  );
}

export function PeopleControl() {
  const { panels } = useCallSession();
  const isOpen = useOpenPanel() === "people";
  return (
    <LitControl label="People" shortcut="p" isOn={isOpen} onClick={() => panels.toggle("people")}>
      <Users />
    </LitControl>
  );
}
