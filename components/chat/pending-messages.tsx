import { useCallSession } from "@/components/room/call-context";
import type { PendingMessage } from "@/lib/call/chat/outbox";
import { MessageText } from "./message-text";
import { useChat } from "./use-chat";

/** What this person wrote and the room does not have yet. */
export function PendingMessages() {
  const pending = useChat((state) => state.pending);
  return pending.map((message) =>
    message.problem === null ? (
      <OnItsWay key={message.clientId} message={message} />
    ) : (
      <NotSent key={message.clientId} message={message} problem={message.problem} />
    ),
  );
}

function OnItsWay({ message }: { message: PendingMessage }) {
  return (
    <div data-testid="pending-message" data-state="sending" className="flex flex-col items-end gap-1">
      <div className="max-w-full rounded-2xl border border-edge border-dashed px-3.5 py-2">
        <MessageText text={message.text} />
      </div>
      <p className="text-muted text-xs">Sending…</p>
    </div>
  );
}

function NotSent({ message, problem }: { message: PendingMessage; problem: string }) {
  const { chat } = useCallSession();
  return (
    <div data-testid="pending-message" data-state="failed" className="flex flex-col items-end gap-1">
      <div className="max-w-full rounded-2xl border border-warning/60 px-3.5 py-2">
        <MessageText text={message.text} />
      </div>
      <p role="alert" className="text-right text-warning text-xs">
        Not sent. {problem}
      </p>
      <p className="flex gap-2 text-sm">
        <button
          type="button"
          className="h-9 rounded-lg px-3 text-accent transition-colors hover:bg-raised"
          onClick={() => chat.retry(message.clientId)}
        >
          Try again
        </button>
        <button
          type="button"
          className="h-9 rounded-lg px-3 text-muted transition-colors hover:bg-raised hover:text-ink"
          onClick={() => chat.discard(message.clientId)}
        >
          Discard
        </button>
      </p>
    </div>
  );
}
