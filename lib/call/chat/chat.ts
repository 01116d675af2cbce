import { createStore, type StoreApi } from "zustand/vanilla";
import { AppError } from "@/lib/app-error";
import type { RoomEvent } from "@/lib/contracts/events";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { ChatMessage } from "@/lib/contracts/members";
import { logWarning } from "@/lib/log";
import { readChat, storeChat } from "./chat-storage";
import { type History, NO_HISTORY, welcomed, withEarlier, withMessage } from "./history";
import { ChatOutbox, type PendingMessage } from "./outbox";

export interface ChatState extends History {
  /** Of this person, in the order of their writing. */
  pending: readonly PendingMessage[];
  /** Others' messages since this person last had the chat before them. */
  unread: number;
  /** Every uid that this person has had in this call. */
  ownUids: readonly Uid[];
  earlier: "idle" | "loading" | "failed";
  /** What is typed and not sent: it outlives the panel. */
  draft: string;
}

interface ChatApi {
  post(message: Pick<PendingMessage, "clientId" | "text">, signal: AbortSignal): Promise<ChatMessage>;
  messagesBefore(id: number): Promise<ChatMessage[]>;
}

/** A room's chat as one person has it: what was written, what was read, and what is still on its way. */
export class Chat {
  readonly store: StoreApi<ChatState>;
  readonly #room: RoomName;
  readonly #api: ChatApi;
  readonly #outbox: ChatOutbox;
  readonly #listeners = new Set<(message: ChatMessage) => void>();
  #readThrough: number | null;
  #isReading = false;

  constructor(room: RoomName, api: ChatApi) {
    this.#room = room;
    this.#api = api;
    const { pending, readThrough, ownUids } = readChat(room);
    this.#readThrough = readThrough;
    this.store = createStore<ChatState>(() => ({
      ...NO_HISTORY,
      pending,
      unread: 0,
      ownUids,
      earlier: "idle",
      draft: "",
    }));
    this.#outbox = new ChatOutbox(pending, {
      post: (message, signal) => api.post(message, signal),
      onChange: (changed) => {
        this.store.setState({ pending: changed });
        this.#keep();
      },
      onSent: (message) => this.#add(message),
    });
  }

  /** Comes in by a click, and not by a reload: what was written in an earlier visit is not for whoever is here now. */
  beginAnew(): void {
    this.#readThrough = null;
    this.store.setState({ ownUids: [] });
    this.#outbox.giveUp("You had left before it was sent.");
    this.#keep();
  }

  /** Takes the room's events. */
  take(event: RoomEvent): void {
    if (event.type === "message") {
      this.#add(event.data);
    } else if (event.type === "welcome" && event.data.self.kind === "join") {
      this.#enter(event.data.self.uid, event.data.messages);
    }
  }

  /** The room is being left for another uid: until the next welcome nothing can be sent. */
  pause(): void {
    this.#outbox.shut();
  }

  send(text: string): void {
    this.#outbox.add(text);
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.#outbox.drop((dropped) => dropped === clientId);
  }

  keepDraft(draft: string): void {
    this.store.setState({ draft });
  }

  /** Whether the person has the messages before them: what comes then is read. */
  setReading(isReading: boolean): void {
    this.#isReading = isReading;
    this.#count();
  }

  async showEarlier(): Promise<void> {
    const { messages, earlier } = this.store.getState();
    const [first] = messages;
    if (!first || earlier === "loading") return;
    this.store.setState({ earlier: "loading" });
    try {
      const older = await this.#api.messagesBefore(first.id);
      this.store.setState((state) => ({
        earlier: "idle",
        // A welcome may have brought others meanwhile.
        ...(state.messages[0]?.id === first.id ? withEarlier(state, older) : {}),
      }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      logWarning("Earlier messages could not be fetched.", error);
      this.store.setState({ earlier: "failed" });
    }
  }

  /** Hears of each message of others as it comes; not of those that were there. @returns the disposer */
  listen(listener: (message: ChatMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #enter(uid: Uid, messages: readonly ChatMessage[]): void {
    this.store.setState((state) => ({
      ...welcomed(state, messages),
      ownUids: state.ownUids.includes(uid) ? state.ownUids : [...state.ownUids, uid],
    }));
    // Nobody reads what was said before they came; and ids begin anew with a new database.
    const newest = messages.at(-1)?.id ?? 0;
    this.#readThrough = Math.min(this.#readThrough ?? newest, newest);
    this.#keep();
    this.#count();
    // Sent under an earlier uid, and the answer was lost: sent again it would be there twice.
    this.#outbox.drop((clientId) => messages.some((message) => message.clientId === clientId));
    this.#outbox.open();
  }

  #add(message: ChatMessage): void {
    const before = this.store.getState();
    this.store.setState(withMessage(before, message));
    this.#outbox.drop((clientId) => clientId === message.clientId);
    this.#count();
    const isNew = this.store.getState().messages !== before.messages;
    if (!isNew || before.ownUids.includes(message.uid)) return;
    for (const listener of this.#listeners) listener(message);
  }

  #count(): void {
    const { messages, ownUids, unread: before } = this.store.getState();
    const readBefore = this.#readThrough;
    if (this.#isReading) this.#readThrough = messages.at(-1)?.id ?? this.#readThrough;
    const readThrough = this.#readThrough ?? Number.POSITIVE_INFINITY;
    const unread = messages.filter(({ id, uid }) => id > readThrough && !ownUids.includes(uid)).length;
    if (unread !== before) this.store.setState({ unread });
    if (readBefore !== this.#readThrough) this.#keep();
  }

  #keep(): void {
    const { pending, ownUids } = this.store.getState();
    storeChat(this.#room, { pending: [...pending], ownUids: [...ownUids], readThrough: this.#readThrough });
  }
}
