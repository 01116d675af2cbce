import type { Uid } from "@/lib/contracts/identifiers";
import type { ChatMessage } from "@/lib/contracts/members";

/** What the same person wrote within so long stands under one name. Milliseconds. */
const GROUP_MS = 5 * 60_000;

/** Messages of one person in a row. */
export interface MessageGroup {
  uid: Uid;
  /** As it was when they wrote. */
  name: string;
  /** The first of a day that is not the one before's. */
  beginsDay: boolean;
  messages: readonly [ChatMessage, ...ChatMessage[]];
}

/** @param breakAt the message with this id begins a group in any case */
export function groupsOf(messages: readonly ChatMessage[], breakAt: number | null = null): MessageGroup[] {
  const groups: MessageGroup[] = [];
  for (const message of messages) {
    const group = groups.at(-1);
    const last = group?.messages.at(-1);
    if (group && last && message.id !== breakAt && belongTogether(last, message)) {
      groups[groups.length - 1] = { ...group, messages: [...group.messages, message] };
    } else {
      const beginsDay = last === undefined || dayOf(last) !== dayOf(message);
      groups.push({ uid: message.uid, name: message.name, beginsDay, messages: [message] });
    }
  }
  return groups;
}

function belongTogether(one: ChatMessage, next: ChatMessage): boolean {
  const isSamePerson = one.uid === next.uid && one.name === next.name;
  return isSamePerson && next.sentAt - one.sentAt < GROUP_MS && dayOf(one) === dayOf(next);
}

/** By this computer's calendar. */
function dayOf({ sentAt }: ChatMessage): string {
  return new Date(sentAt).toDateString();
}
