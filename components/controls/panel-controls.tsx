import { MessageSquare, Users } from "lucide-react";
import { useId } from "react";
import { useChat } from "@/components/chat/use-chat";
import { useOpenPanel } from "@/components/panels/use-panels";
import { useCallSession } from "@/components/room/call-context";
import { LitControl } from "./control-button";

export function ChatControl() {
  const { panels } = useCallSession();
  const isOpen = useOpenPanel() === "chat";
  const unread = useChat((state) => state.unread);
  const unreadId = useId();
  return (
    <>
      <LitControl
        label="Chat"
        shortcut="c"
        isOn={isOpen}
        aria-describedby={unread > 0 ? unreadId : undefined}
        onClick={() => panels.toggle("chat")}
      >
        <MessageSquare />
        {unread > 0 ? <Count value={unread} /> : null}
      </LitControl>
      <span id={unreadId} hidden>
        {unread === 1 ? "1 unread message" : `${unread} unread messages`}
      </span>
    </>
  );
}

function Count({ value }: { value: number }) {
  return (
    <span
      aria-hidden="true"
      data-testid="unread"
      className="absolute -top-1 -right-1 flex h-5 min-w-5 items-center justify-center rounded-full bg-accent px-1 font-semibold text-on-accent text-xs tabular-nums ring-2 ring-ground"
    >
      {value > 99 ? "99+" : value}
    </span>
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
