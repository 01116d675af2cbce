import { useShallow } from "zustand/react/shallow";
import { SidePanel } from "@/components/panels/side-panel";
import { useCall } from "@/components/room/call-context";
import { handsFirst } from "@/lib/call/hands";
import { PersonRow } from "./person-row";

/** Everyone in the call, and how each of them is. */
export function PeoplePanel() {
  const people = useCall(useShallow(handsFirst));
  return (
    <SidePanel title={`People (${people.length})`}>
      <ul aria-label="People" className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain px-2.5 pb-4">
        {people.map((uid) => (
          <PersonRow key={uid} uid={uid} />
        ))}
      </ul>
    </SidePanel>
  );
}
