import { type ReactNode, useCallback, useState } from "react";
import { Later } from "@/components/later/later";
import { parts } from "@/components/later/parts-code";
import { AskHostContext, type HostQuestion } from "./use-ask-host";

/**
 * Around the call: where its host is asked. Not beside the menu that asks, which goes with its tile when someone else speaks
 * or the layout changes.
 */
export function HostQuestions({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ question: HostQuestion; returnsTo: HTMLElement | null } | null>(null);
  const close = () => setAsked(null);
  const ask = useCallback((question: HostQuestion) => setAsked({ question, returnsTo: openerOfMenu() }), []);
  return (
    <AskHostContext value={ask}>
      {children}
      {asked ? (
        <Later code={parts} isWanted onGiveUp={close}>
          {({ ConfirmHost, ConfirmRemoval }) => {
            const { question, returnsTo } = asked;
            const Question = question.about === "host" ? ConfirmHost : ConfirmRemoval;
            return <Question {...question} returnsTo={returnsTo} onClose={close} />;
          }}
        </Later>
      ) : null}
    </AskHostContext>
  );
}

/** What opened the menu that has the focus: by then the menu itself is gone. */
function openerOfMenu(): HTMLElement | null {
  const menu = document.activeElement?.closest("[role=menu]");
  return document.getElementById(menu?.getAttribute("aria-labelledby") ?? "");
}
