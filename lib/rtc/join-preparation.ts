import type { IAgoraRTCClient, ILocalTrack } from "agora-rtc-react";
import * as v from "valibot";
import type { Credentials } from "@/lib/contracts/http";
import { logWarning } from "@/lib/log";
import { type Ahead, NOTHING_AHEAD, type SeatToBe } from "./embedded/ahead";
import { DraftDesk, type StandingOffer } from "./embedded/draft";
import { EmbeddedClient } from "./embedded/embedded-client";
import { StandingOfferSignal } from "./embedded/peer-signal";
import type { Address } from "./embedded/signalling";

/**
 * What of a join can be done before it, and is of no concern to anybody else in the room until then. Of the embedded transport
 * alone: the SDK has nothing of the kind.
 */
export class JoinPreparation {
  readonly #desk: DraftDesk;
  #isExpected = false;
  #offer: StandingOffer | undefined;

  constructor(desk = new DraftDesk()) {
    this.#desk = desk;
  }

  /**
   * A join may come in a moment.
   *
   * @param credentials what the room was opened with; `undefined`: none is likely any more, or none that wants a description
   */
  expect(credentials: Credentials | undefined): void {
    // ICE servers would be asked, and learn of a page whose person only looks at themselves.
    const isDraftable = credentials?.transport === "embedded" && credentials.iceServers.length === 0;
    this.#isExpected = isDraftable && credentials.topology !== "relay";
    this.#draft();
  }

  /** @param left what the one who is in the call has left for whoever comes first: the answer to it is what is drafted. From anyone, unread */
  noteOffer(left: { from: Address; offer: unknown } | null): void {
    this.#offer = left ? read(left) : undefined;
    if (this.#isExpected) this.#draft();
  }

  /**
   * It comes: has the client that is going to join say now what it can say before its seat is there.
   *
   * @param tracks what is going to be published
   */
  begin(client: IAgoraRTCClient, seat: SeatToBe, tracks: () => ILocalTrack[]): Ahead {
    const asked: unknown = client;
    this.#isExpected = false;
    // Of a server that was started anew with some: what was made without them has not their addresses.
    if (seat.iceServers.length > 0) this.#desk.clear();
    return asked instanceof EmbeddedClient ? asked.prepare(seat, tracks, this.#desk.take()) : NOTHING_AHEAD;
  }

  #draft(): void {
    if (this.#isExpected) void this.#desk.draft(this.#offer);
    else this.#desk.clear();
  }
}

function read({ from, offer }: { from: Address; offer: unknown }): StandingOffer | undefined {
  const parsed = v.safeParse(StandingOfferSignal, offer);
  if (parsed.success) return { from, signal: parsed.output };
  logWarning(`What ${from.uid} has left for whoever comes is not understood.`, new v.ValiError(parsed.issues));
  return undefined;
}
