import { MESSAGES_PER_PAGE } from "@/lib/contracts/http";
import type { ChatMessage } from "@/lib/contracts/members";

/** The messages that this page has, by their ids and without a gap, up to the newest. */
export interface History {
  messages: readonly ChatMessage[];
  /** There may be others before them. */
  hasEarlier: boolean;
  /** The oldest that came without being asked for; `null` before any welcome. Those before it are what the person asked for. */
  oldestBroughtId: number | null;
}

export const NO_HISTORY: History = { messages: [], hasEarlier: false, oldestBroughtId: null };

/**
 * Takes what a `welcome` brings, which is the newest. What was there before it stays only where the two meet: a gap that
 * nobody sees would be messages lost.
 */
export function welcomed(known: History, newest: readonly ChatMessage[]): History {
  const [first] = newest;
  const meets = first && known.messages.some(({ id, clientId }) => id === first.id && clientId === first.clientId);
  if (!meets) {
    return { messages: newest, hasEarlier: newest.length >= MESSAGES_PER_PAGE, oldestBroughtId: first?.id ?? null };
  }
  return { ...known, messages: [...known.messages.filter(({ id }) => id < first.id), ...newest] };
}

/** Adds one, once: the answer to who sent it and the room's stream bring the same. */
export function withMessage(known: History, message: ChatMessage): History {
  const index = known.messages.findLastIndex(({ id }) => id <= message.id);
  if (known.messages[index]?.id === message.id) return known;
  return { ...known, messages: [...known.messages.slice(0, index + 1), message, ...known.messages.slice(index + 1)] };
}

/** Puts a page of older ones before the others. */
export function withEarlier(known: History, earlier: readonly ChatMessage[]): History {
  return { ...known, messages: [...earlier, ...known.messages], hasEarlier: earlier.length >= MESSAGES_PER_PAGE };
}
