import type { OutgoingSignal } from "@/lib/contracts/http";
import type { Uid } from "@/lib/contracts/identifiers";
import type { Address, SignallingEvent } from "@/lib/rtc/embedded/signalling";
import { SignalInbox } from "./signal-inbox";
import { SignalOutbox } from "./signal-outbox";

/**
 * The signals of a tab, out and in. All go out in one order, whichever of the tab's clients they are from; what comes is for
 * one of them: this person's, or their screen's.
 */
export class SignalExchange {
  readonly inbox = new SignalInbox();
  readonly #screens = new Map<Uid, SignalInbox>();
  readonly #outbox: SignalOutbox;

  constructor(post: (signals: OutgoingSignal[], signal: AbortSignal) => Promise<unknown>) {
    this.#outbox = new SignalOutbox(post);
  }

  /** What has been said before there is a seat, and goes with the request for it. */
  get ahead(): OutgoingSignal[] {
    return this.#outbox.next;
  }

  /** There is a seat. @param passedOn what went with the request for it */
  open(passedOn: readonly OutgoingSignal[] = []): void {
    this.#outbox.open(passedOn);
  }

  /** No seat came of the request: what was said is for nobody. */
  forgetAll(): void {
    this.#outbox.clear();
  }

  /** Makes the inbox of a screen of this person's. */
  openScreen(uid: Uid): SignalInbox {
    const inbox = new SignalInbox();
    this.#screens.set(uid, inbox);
    return inbox;
  }

  closeScreen(uid: Uid): void {
    this.#screens.delete(uid);
  }

  /** @param from the screen that says it; by default it is this person's client */
  send(to: Address, signal: unknown, from?: Uid): void {
    const body = { to: to.uid, toInstance: to.instance, signal: JSON.parse(JSON.stringify(signal)) };
    this.#outbox.push(from === undefined ? body : { ...body, from });
  }

  forget(uid: Uid): void {
    this.#outbox.forget(uid);
  }

  /** Takes in a signal. One for a screen that is shared no more is dropped. */
  receive({ to, self, ...event }: { to: Uid; self: Uid | undefined; from: Address; signal: unknown }): void {
    const inbox = to === self ? this.inbox : this.#screens.get(to);
    inbox?.put({ type: "signal", ...event });
  }

  /** Tells every client of the tab. */
  tell(event: Exclude<SignallingEvent, { type: "signal" }>): void {
    for (const inbox of [this.inbox, ...this.#screens.values()]) inbox.put(event);
  }

  close(): void {
    this.#outbox.close();
  }
}
