import { createContext, type ReactNode, use, useState } from "react";
import type { Uid } from "@/lib/contracts/identifiers";
import { ConfirmHost } from "./confirm-host";
import { ConfirmRemoval } from "./confirm-removal";

/** What a host is asked about someone before it is done. */
interface Question {
  about: "host" | "removal";
  uid: Uid;
  name: string;
}

const AskContext = createContext<((question: Question) => void) | null>(null);

/** Asks the host. */
export function useAskHost(): (question: Question) => void {
  const ask = use(AskContext);
  if (!ask) throw new Error("useAskHost is used outside a call.");
  return ask;
}

/**
 * Around the call: where its host is asked. Not beside the menu that asks, which goes with its tile when someone else speaks
 * or the layout changes.
 */
export function HostQuestions({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const close = () => setQuestion(null);
  return (
    <AskContext value={setQuestion}>
      {children}
      {question?.about === "host" ? <ConfirmHost {...question} onClose={close} /> : null}
      {question?.about === "removal" ? <ConfirmRemoval {...question} onClose={close} /> : null}
    </AskContext>
  );
}
