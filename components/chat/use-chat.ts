import { useStore } from "zustand";
import { useCallSession } from "@/components/room/call-context";
import type { ChatState } from "@/lib/call/chat/chat";

/** A part of the chat's state. */
export function useChat<Part>(select: (state: ChatState) => Part): Part {
  return useStore(useCallSession().chat.store, select);
}
