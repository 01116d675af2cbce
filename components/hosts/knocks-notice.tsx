import { useState } from "react";
import { useCall } from "@/components/room/call-context";
import { Button } from "@/components/ui/button";
import type { Knock } from "@/lib/contracts/hosting";
import { useHosting } from "./use-hosting";

/** More than these are told by their number, so that a crowd at the door leaves the call to be seen. */
const MAX_SHOWN = 3;

/** Who is at the locked door, for the host, over whatever else is open. Gone with the answer, whoever gave it. */
export function KnocksNotice() {
  const knocks = useCall((state) => state.knocks);
  return (
    <>
      {/* Always there: a screen reader says what changes in a status, not a status that appears. */}
      <p role="status" className="sr-only">
        {wordsFor(knocks)}
      </p>
      {knocks.length > 0 ? (
        <section
          aria-label="At the door"
          className="fixed top-[calc(env(safe-area-inset-top)+4rem)] right-[max(0.75rem,env(safe-area-inset-right))] z-40 w-[min(24rem,calc(100vw-1.5rem))] rounded-2xl bg-raised p-1.5 shadow-black/50 shadow-xl ring-1 ring-line motion-safe:animate-fade-in short:top-12"
        >
          <ul>
            {knocks.slice(0, MAX_SHOWN).map((knock) => (
              <KnockItem key={knock.uid} knock={knock} />
            ))}
          </ul>
          {knocks.length > MAX_SHOWN ? (
            <p className="px-3 py-1.5 text-muted text-sm">and {knocks.length - MAX_SHOWN} more</p>
          ) : null}
        </section>
      ) : null}
    </>
  );
}

function KnockItem({ knock: { uid, name } }: { knock: Knock }) {
  const perform = useHosting();
  const [isAnswering, setIsAnswering] = useState(false);
  const answer = (isAdmitted: boolean) => {
    if (isAnswering) return;
    setIsAnswering(true);
    perform((hosting) => hosting.answer(uid, isAdmitted).finally(() => setIsAnswering(false)));
  };
  return (
    <li className="flex items-center gap-2 py-1 pr-1 pl-2.5">
      <p className="min-w-0 flex-1 text-sm">
        <bdi className="block truncate font-medium">{name}</bdi>
        <span className="text-muted">wants to come in</span>
      </p>
      <Button
        tone="quiet"
        aria-label={`Refuse ${name}`}
        aria-disabled={isAnswering}
        onClick={() => answer(false)}
        className="h-10! shrink-0 bg-line! px-3.5! text-sm hover:bg-edge!"
      >
        Refuse
      </Button>
      <Button
        aria-label={`Let in ${name}`}
        aria-disabled={isAnswering}
        onClick={() => answer(true)}
        className="h-10! shrink-0 px-3.5! text-sm"
      >
        Let in
      </Button>
    </li>
  );
}

function wordsFor(knocks: readonly Knock[]): string {
  if (knocks.length === 0) return "";
  const names = new Intl.ListFormat("en").format(knocks.slice(0, MAX_SHOWN).map(({ name }) => name));
  if (knocks.length > MAX_SHOWN) return `${names} and ${knocks.length - MAX_SHOWN} more want to come in`;
  return knocks.length === 1 ? `${names} wants to come in` : `${names} want to come in`;
}
