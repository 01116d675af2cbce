import type { CallStore } from "@/lib/call/call-store";
import type { Chat } from "@/lib/call/chat/chat";
import { displayNameOf } from "@/lib/call/name-marks";
import type { ChatMessage } from "@/lib/contracts/members";
import { Gathering } from "./gathering";
import type { OnNotice } from "./notice";

/** More of a message is for the chat. Characters. */
const MAX_LENGTH = 80;

/**
 * Tells of others' messages that nobody has before them.
 *
 * @returns the disposer
 */
export function watchMessages(store: CallStore, chat: Pick<Chat, "listen" | "store">, onNotice: OnNotice): () => void {
  const written = new Gathering<ChatMessage>((messages) => {
    const [message] = messages;
    // Read in the meantime.
    if (!message || chat.store.getState().unread === 0) return;
    const words =
      messages.length === 1
        ? `${displayNameOf(store.getState(), message.uid) || message.name}: ${shortened(message.text)}`
        : `${messages.length} new messages`;
    onNotice({ words, sound: "message" });
  });
  const stop = chat.listen((message) => written.add(message));
  return () => {
    stop();
    written.dispose();
  };
}

function shortened(text: string): string {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join("")}…` : characters.join("");
}
