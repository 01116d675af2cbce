import type { IAgoraRTCClient, ILocalTrack } from "agora-rtc-react";
import type { Credentials } from "@/lib/contracts/http";
import { type Ahead, NOTHING_AHEAD, type SeatToBe } from "./embedded/ahead";
import { EmbeddedClient } from "./embedded/embedded-client";
import { OfferDesk } from "./embedded/offer-draft";

/**
 * What of a join can be done before it, and is of no concern to anybody else in the room until then. Of the embedded transport
 * alone: the SDK has nothing of the kind.
 */
export class JoinPreparation {
  readonly #desk: OfferDesk;

  constructor(desk = new OfferDesk()) {
    this.#desk = desk;
  }

  /**
   * A join may come in a moment.
   *
   * @param credentials what the room was opened with; `undefined`: none is likely any more, or none that wants an offer
   */
  expect(credentials: Credentials | undefined): void {
    // ICE servers would be asked, and learn of a page whose person only looks at themselves.
    const isDraftable = credentials?.transport === "embedded" && credentials.iceServers.length === 0;
    if (isDraftable && credentials.topology !== "relay") void this.#desk.draft();
    else this.#desk.clear();
  }

  /**
   * It comes: has the client that is going to join say now what it can say before its seat is there.
   *
   * @param tracks what is going to be published
   */
  begin(client: IAgoraRTCClient, seat: SeatToBe, tracks: () => ILocalTrack[]): Ahead {
    const asked: unknown = client;
    // Of a server that was started anew with some: what was made without them has not their addresses.
    if (seat.iceServers.length > 0) this.#desk.clear();
    return asked instanceof EmbeddedClient ? asked.prepare(seat, tracks, this.#desk.take()) : NOTHING_AHEAD;
  }
}
