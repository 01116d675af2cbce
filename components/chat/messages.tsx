import { useCall } from "@/components/room/call-context";
import type { MessageGroup } from "@/lib/call/chat/message-groups";
import { nameMarkOf } from "@/lib/call/name-marks";
import type { Uid } from "@/lib/contracts/identifiers";
import { MessageText } from "./message-text";
import { useChat } from "./use-chat";

/** What one person wrote in a row: others on the left, this one on the right. */
export function Messages({ group: { uid, name, beginsDay, messages } }: { group: MessageGroup }) {
  const isOwn = useChat((state) => state.ownUids.includes(uid));
  const [first] = messages;
  return (
    <>
      {beginsDay ? <Day at={first.sentAt} /> : null}
      <div data-own={isOwn} className={`flex flex-col gap-1 ${isOwn ? "items-end" : "items-start"}`}>
        <p className="flex max-w-full items-baseline gap-2 text-xs">
          {isOwn ? <span className="font-medium">You</span> : <SenderName uid={uid} name={name} />}
          <time dateTime={new Date(first.sentAt).toISOString()} className="shrink-0 text-muted">
            {timeOf(first.sentAt)}
          </time>
        </p>
        {messages.map(({ id, text }) => (
          <div
            key={id}
            data-testid="message"
            className={`max-w-full rounded-2xl px-3.5 py-2 ${isOwn ? "bg-accent/20" : "bg-raised"}`}
          >
            <MessageText text={text} />
          </div>
        ))}
      </div>
    </>
  );
}

/** By the name they had then; while they are here under it, told apart from others of the same name. */
function SenderName({ uid, name }: { uid: Uid; name: string }) {
  const mark = useCall((state) => (state.players[uid]?.name === name ? nameMarkOf(state, uid) : ""));
  return (
    <span className="flex min-w-0 whitespace-pre font-medium">
      <bdi className="truncate">{name}</bdi>
      {mark}
    </span>
  );
}

function Day({ at }: { at: number }) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const words = isToday
    ? "Today"
    : new Date(at).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
  return <p className="text-center text-muted text-xs">{words}</p>;
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
