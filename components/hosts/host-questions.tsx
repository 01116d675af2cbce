import { type ReactNode, useState } from "react";
import { Later } from "@/components/later/later";
import { parts } from "@/components/later/parts-code";
import { AskHostContext, type HostQuestion } from "./use-ask-host";

/**
 * Around the call: where its host is asked. Not beside the menu that asks, which goes with its tile when someone else speaks
 * or the layout changes.
 */
export function HostQuestions({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<HostQuestion | null>(null);
  const close = () => setQuestion(null);
  return (
    <AskHostContext value={setQuestion}>
      {children}
      {question ? (
        <Later code={parts} isWanted onGiveUp={close}>
          {({ ConfirmHost, ConfirmRemoval }) =>
            question.about === "host" ? (
              <ConfirmHost {...question} onClose={close} />
            ) : (
              <ConfirmRemoval {...question} onClose={close} />
            )
          }
        </Later>
      ) : null}
    </AskHostContext>
  );
}
