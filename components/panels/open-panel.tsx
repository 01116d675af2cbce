import { Later } from "@/components/later/later";
import { parts } from "@/components/later/parts-code";
import { useCallSession } from "@/components/room/call-context";
import { useOpenPanel } from "./use-panels";

/** The panel that is open, if one is. */
export function OpenPanel() {
  const { panels } = useCallSession();
  const panel = useOpenPanel();
  if (panel === null) return null;
  return (
    <Later code={parts} isWanted onGiveUp={() => panels.close()}>
      {({ ChatPanel, PeoplePanel }) => {
        switch (panel) {
          case "chat":
            return <ChatPanel />;
          case "people":
            return <PeoplePanel />;
          default:
            return panel satisfies never;
        }
      }}
    </Later>
  );
}
