import type { IAgoraRTCClient } from "agora-rtc-react";
import { Copy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import type { ConnectionFigures } from "@/lib/call/connection-figures";
import { connectionReport, ownLine, personLine } from "@/lib/call/connection-text";
import { qualityWords } from "@/lib/call/connection-words";
import { logWarning } from "@/lib/log";
import { FiguresTable } from "./figures-table";
import { useConnectionFigures } from "./use-connection-figures";

/** How this page and each of the others reach each other, in words and numbers. */
export function ConnectionPanel({ client }: { client: IAgoraRTCClient }) {
  const figures = useConnectionFigures(client);
  const { own, people } = figures;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <FiguresTable title="You" quality={qualityWords(own, "you")} line={ownLine(own)} figures={own} />
      {people.map((person) => (
        <FiguresTable
          key={person.uid}
          title={person.name}
          quality={qualityWords(person, person.name)}
          line={personLine(person)}
          figures={person}
        />
      ))}
      <Button tone="quiet" className="h-10! self-start px-4! text-sm" onClick={() => void copy(figures)}>
        <Copy className="size-4" aria-hidden="true" />
        Copy
      </Button>
    </div>
  );
}

async function copy(figures: ConnectionFigures): Promise<void> {
  try {
    await navigator.clipboard.writeText(connectionReport(figures, navigator.userAgent));
    showToast("The numbers are copied, for a report of what goes wrong.", { id: "connection" });
  } catch (error) {
    logWarning("The numbers could not be copied.", error);
    showToast("This browser does not let the page copy. Select the numbers and copy them.", { id: "connection" });
  }
}
