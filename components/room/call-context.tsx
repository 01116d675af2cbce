"use client";

import { createContext, use } from "react";
import { useStore } from "zustand";
import type { CallSession } from "@/lib/call/call-session";
import type { CallState } from "@/lib/call/call-store";
import type { ViewState } from "@/lib/call/layout/view";
import type { Player } from "@/lib/call/player";
import type { Uid } from "@/lib/contracts/identifiers";

export const CallContext = createContext<CallSession | null>(null);

/** The session of the room's page, for its actions and its devices. */
export function useCallSession(): CallSession {
  const session = use(CallContext);
  if (!session) throw new Error("useCallSession is used outside a room's page.");
  return session;
}

/** A part of the call's state; drawn again only when that part changes. */
export function useCall<Part>(select: (state: CallState) => Part): Part {
  return useStore(useCallSession().store, select);
}

/** A part of how this person looks at the call. */
export function useView<Part>(select: (state: ViewState) => Part): Part {
  return useStore(useCallSession().view.store, select);
}

/** One person, or `undefined` when they have just gone. */
export function usePlayer(uid: Uid): Player | undefined {
  return useCall((state) => state.players[uid]);
}
