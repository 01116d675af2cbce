import { SendHorizontal } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useId, useRef } from "react";
import { useCallSession } from "@/components/room/call-context";
import { typedMessage } from "@/lib/contracts/message";
import { useChat } from "./use-chat";

/** Where a message is written. What is too long is said before it is sent, and nothing of it is lost. */
export function MessageField() {
  const { chat } = useCallSession();
  const draft = useChat((state) => state.draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const problemId = useId();
  const typed = typedMessage(draft);
  const isEmpty = draft.trim() === "";
  const problem = isEmpty ? null : typed.problem;

  const send = () => {
    if (typed.text !== null) {
      chat.send(typed.text);
      chat.keepDraft("");
    }
    field.current?.focus();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method's Enter ends its composition; Safari reports it after the end, by the key code 229.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form onSubmit={onSubmit} className="shrink-0 px-3 pt-2 pb-4 short:pb-2">
      {problem ? (
        <p id={problemId} role="alert" className="px-2 pb-1.5 text-sm text-warning">
          {problem}
        </p>
      ) : null}
      <div className="flex items-end gap-2">
        <textarea
          ref={field}
          data-autofocus
          aria-label="Message"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? problemId : undefined}
          placeholder="Write a message"
          dir="auto"
          rows={Math.min(6, draft.split("\n").length)}
          value={draft}
          onChange={(event) => chat.keepDraft(event.target.value)}
          onKeyDown={onKeyDown}
          enterKeyHint="send"
          className="field-sizing-content max-h-40 min-h-11 w-full min-w-0 flex-1 resize-none rounded-2xl border border-edge bg-ground px-4 py-2.5 text-base leading-snug placeholder:text-muted/80 aria-invalid:border-danger short:max-h-20 md:text-sm md:leading-relaxed"
        />
        <button
          type="submit"
          aria-label="Send"
          title="Send (Enter)"
          aria-disabled={typed.text === null}
          className="inline-flex size-11 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-strong aria-disabled:bg-raised aria-disabled:text-muted"
        >
          <SendHorizontal className="size-5" aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}
