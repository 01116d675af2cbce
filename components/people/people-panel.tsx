import { SidePanel } from "@/components/panels/side-panel";

/** Everyone in the call, and how each of them is. */
export function PeoplePanel() {
  return <SidePanel title="People">{null}</SidePanel>;
}
