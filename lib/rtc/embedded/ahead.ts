import type { ILocalTrack } from "agora-rtc-react";
import type { Credentials } from "@/lib/contracts/http";
import type { Members } from "./members";
import type { Peer } from "./signalling";

/** What is to be known before there is a seat: whose it will be, and what of the lobby's credentials its links need. */
export type SeatToBe = Peer & Pick<Credentials, "iceServers" | "topology">;

/** What goes ahead of a join. */
export interface Ahead {
  /** Resolves when the offers are made, and said: kept by the signalling until there is a seat. */
  readonly offered: Promise<void>;
  /** Where no join comes of it. */
  giveUp(): void;
}

export const NOTHING_AHEAD: Ahead = { offered: Promise.resolve(), giveUp: () => undefined };

/** Those who were offered to ahead of the join, and what it is going to publish. */
export interface Start {
  self: Peer;
  members: Members;
  tracks: () => ILocalTrack[];
}

/** Of what is to be published, what is on just now. */
export function tracksOn({ tracks }: Start): ILocalTrack[] {
  return tracks().filter((track) => track.enabled);
}
