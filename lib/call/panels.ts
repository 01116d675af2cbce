import { createStore } from "zustand/vanilla";

export type PanelName = "chat" | "people";

/** Which panel is open beside the tiles: one at a time. Buttons and keys call the same methods. */
export class Panels {
  readonly store = createStore<{ open: PanelName | null }>(() => ({ open: null }));

  toggle(panel: PanelName): void {
    this.store.setState(({ open }) => ({ open: open === panel ? null : panel }));
  }

  close(): void {
    this.store.setState({ open: null });
  }
}
