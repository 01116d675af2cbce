import { createContext, use } from "react";
import type { Uid } from "@/lib/contracts/identifiers";

/** What a host is asked about someone before it is done. */
export interface HostQuestion {
  about: "host" | "removal";
  uid: Uid;
  name: string;
}

export const AskHostContext = createContext<((question: HostQuestion) => void) | null>(null);

/** Asks the host. */
export function useAskHost(): (question: HostQuestion) => void {
  const ask = use(AskHostContext);
  if (!ask) throw new Error("useAskHost is used outside a call.");
  return ask;
}
