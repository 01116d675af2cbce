import type { ILocalTrack } from "agora-rtc-react";
import * as v from "valibot";
import type { Ahead, SeatToBe } from "@/lib/rtc/embedded/ahead";
import type { Draft } from "@/lib/rtc/embedded/draft";
import { EmbeddedClient } from "@/lib/rtc/embedded/embedded-client";
import { PeerSignal } from "@/lib/rtc/embedded/peer-signal";
import type { MemoryRoom } from "./memory-signalling";
import type { Participant } from "./participant";

/** The steps of a join, each by itself. @param roomOf the room of the running test */
export function describeWayIn(roomOf: () => MemoryRoom) {
  /** Has the client of someone who has no seat yet do ahead what it can. */
  function prepare(
    person: Participant,
    tracks: ILocalTrack[] = [],
    seat: Partial<SeatToBe> = {},
    draft?: Draft,
  ): Ahead {
    const client: unknown = person.client;
    if (!(client instanceof EmbeddedClient)) throw new Error("Not this app's client.");
    person.page.isOutside = true;
    const { topology } = roomOf();
    return client.prepare({ ...person.page.self, iceServers: [], topology, ...seat }, () => tracks, draft);
  }

  /** Takes the seat, with what was said ahead, and joins. */
  async function join(person: Participant): Promise<void> {
    person.page.comeIn();
    await person.join();
  }

  async function enter(person: Participant): Promise<void> {
    await join(person);
    await person.client.publish([person.audio, person.video]);
  }

  /** What someone said, each by its type. */
  function wordsOf(person: Participant) {
    return roomOf()
      .log.filter(({ from }) => from === person.uid)
      .map(({ signal }) => v.parse(PeerSignal, signal))
      .map((said) => (said.type === "description" ? { ...said.description, sends: said.sends } : said));
  }

  return { prepare, join, enter, wordsOf };
}
