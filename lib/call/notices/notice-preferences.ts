import { createStore } from "zustand/vanilla";
import { readStored, removeStored, writeStored } from "@/lib/browser-storage";

/** What tells of comings, hands and messages: both until the person turns one off, in this browser. */
export type NoticeKind = "sounds" | "words";

const keyOf = (kind: NoticeKind) => `mychat:notice-${kind}`;

const isOn = (kind: NoticeKind) => readStored("browser", keyOf(kind)) !== "off";

export class NoticePreferences {
  readonly store = createStore<Record<NoticeKind, boolean>>(() => ({ sounds: isOn("sounds"), words: isOn("words") }));

  turn(kind: NoticeKind, on: boolean): void {
    if (on) removeStored("browser", keyOf(kind));
    else writeStored("browser", keyOf(kind), "off");
    this.store.setState({ [kind]: on });
  }
}
