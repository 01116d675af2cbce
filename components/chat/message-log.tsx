import { ArrowDown } from "lucide-react";
import { useMemo } from "react";
import { useCallSession } from "@/components/room/call-context";
import { groupsOf, type MessageGroup } from "@/lib/call/chat/message-groups";
import { Messages } from "./messages";
import { PendingMessages } from "./pending-messages";
import { useChat } from "./use-chat";
import { useStickToEnd } from "./use-stick-to-end";

/** All that was written, oldest first, and at its end what is still on its way. */
export function MessageLog() {
  const messages = useChat((state) => state.messages);
  const pending = useChat((state) => state.pending);
  const oldestBroughtId = useChat((state) => state.oldestBroughtId);
  const groups = useMemo(() => groupsOf(messages, oldestBroughtId), [messages, oldestBroughtId]);
  const isAskedFor = ({ messages: [first] }: MessageGroup) => oldestBroughtId !== null && first.id < oldestBroughtId;
  const { list, onScroll, hasNewBelow, goToEnd } = useStickToEnd<HTMLDivElement>({
    first: messages[0]?.id,
    last: messages.at(-1)?.id,
    own: pending.at(-1)?.clientId,
  });
  const isEmpty = messages.length + pending.length === 0;

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={list}
        role="log"
        aria-label="Messages"
        // A keyboard scrolls what it can focus.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
        tabIndex={0}
        onScroll={onScroll}
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto overscroll-contain px-5 pt-1 pb-3 [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <EarlierMessages />
        {isEmpty ? (
          <p className="my-auto text-center text-muted text-sm">
            No messages yet. They stay until some minutes after the call.
          </p>
        ) : null}
        {/* Always there, so that nothing in it is read out as new, two hundred messages at a time. */}
        <div aria-live="off" className="flex flex-col gap-4 empty:hidden">
          <Groups groups={groups.filter(isAskedFor)} />
        </div>
        <Groups groups={groups.filter((group) => !isAskedFor(group))} />
        <PendingMessages />
      </div>
      {hasNewBelow ? (
        <button
          type="button"
          onClick={goToEnd}
          className="absolute bottom-2 left-1/2 inline-flex h-9 -translate-x-1/2 items-center gap-1.5 rounded-full bg-accent px-4 font-medium text-on-accent text-sm shadow-lg transition-colors hover:bg-accent-strong"
        >
          <ArrowDown className="size-4" aria-hidden="true" />
          New messages
        </button>
      ) : null}
    </div>
  );
}

function Groups({ groups }: { groups: readonly MessageGroup[] }) {
  return groups.map((group) => <Messages key={group.messages[0].id} group={group} />);
}

function EarlierMessages() {
  const { chat } = useCallSession();
  const hasEarlier = useChat((state) => state.hasEarlier);
  const earlier = useChat((state) => state.earlier);
  if (!hasEarlier) return null;
  return (
    <div className="flex flex-col items-center gap-1 text-sm">
      <button
        type="button"
        aria-disabled={earlier === "loading"}
        onClick={() => void chat.showEarlier()}
        className="h-9 rounded-lg px-3 text-accent transition-colors hover:bg-raised"
      >
        {earlier === "loading" ? "Fetching…" : "Show earlier messages"}
      </button>
      {earlier === "failed" ? (
        <p role="alert" className="text-warning">
          They could not be fetched. Try again.
        </p>
      ) : null}
    </div>
  );
}
