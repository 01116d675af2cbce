import type { ILocalTrack } from "agora-rtc-react";
import { EarlyOffer } from "./early-offer";

/** What a client does ahead of its join, and has for it. */
export class Preparations {
  #offers: EarlyOffer[] = [];
  #tracks: () => ILocalTrack[] = () => [];

  /**
   * @param count how many offers are made, each on a connection of its own
   * @param tracks what the join is going to publish
   */
  begin(count: number, createConnection: () => RTCPeerConnection, tracks: () => ILocalTrack[]): void {
    this.drop();
    this.#offers = Array.from({ length: count }, () => new EarlyOffer(createConnection()));
    this.#tracks = tracks;
  }

  /** Of what is to be published, what is on just now. */
  get tracks(): ILocalTrack[] {
    return this.#tracks().filter((track) => track.enabled);
  }

  /** Each is one person's. */
  takeOffer(): EarlyOffer | undefined {
    return this.#offers[0]?.isFresh ? this.#offers.shift() : undefined;
  }

  drop(): void {
    this.#tracks = () => [];
    for (const offer of this.#offers.splice(0)) offer.close();
  }
}
