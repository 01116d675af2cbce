import { forPeers } from "./first-candidates";
import type { CallContext } from "./member";
import { OfferDesk, type OfferDraft } from "./offer-draft";
import { MEETING_RULES, offersMeet } from "./offers-that-meet";
import type { PeerSignal, Terms } from "./peer-signal";

type StandingSignal = Extract<PeerSignal, { type: "standing" }>;

/** Leaves a connection's offer with the server; `null`: there is none any more. */
export type LeaveOffer = (connection: string, signal: StandingSignal | null) => void;

/**
 * The offer of one who is alone in the room, left with the server for the first who comes: given theirs, and they this one, both can
 * connect at once, and neither waits for the other's answer (`Negotiation.meet`). The server gives it to one, at their join: until
 * then nobody learns of it.
 */
export class StandingOffer {
  readonly #context: CallContext;
  readonly #leave: LeaveOffer;
  readonly #desk: OfferDesk;
  #isWanted = false;
  #draft: OfferDraft | undefined;
  /** What was left last, and whether it may be there still. */
  #left: StandingSignal | undefined;
  #isLeft = false;
  #listening = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: CallContext, leave: LeaveOffer) {
    this.#context = context;
    this.#leave = leave;
    this.#desk = new OfferDesk(context.createConnection);
  }

  /** Whether somebody may come who is to have one. */
  keep(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), this.#context.timings.standingOfferMs);
  }

  /** @returns the draft, for whoever is here now: the server may have given them the offer, or will be told that it is none any more */
  take(): OfferDraft | undefined {
    this.#listening.abort();
    this.#draft = undefined;
    return this.#desk.take();
  }

  /** Whether who was given what was left last, for that offer of theirs, holds it for the answer. */
  hasMet(offer: string): boolean {
    return this.#left !== undefined && offersMeet(this.#left.sdp, offer);
  }

  /** To be called when what goes with it may have changed. */
  refresh(): void {
    if (!this.#draft) return;
    const { id, connection } = this.#draft;
    // A browser may close those of a page that was put away.
    if (connection.signalingState === "closed") {
      this.#renew();
      return;
    }
    const { localDescription, iceGatheringState } = connection;
    if (!localDescription || iceGatheringState !== "complete") return;
    const sdp = forPeers(localDescription.sdp);
    const rules = MEETING_RULES;
    const signal: StandingSignal = { type: "standing", connection: id, peer: null, sdp, rules, ...this.#terms };
    if (this.#isLeft && JSON.stringify(signal) === JSON.stringify(this.#left)) return;
    this.#left = signal;
    this.#isLeft = true;
    this.#leave(id, signal);
  }

  /** To be called when the server is back: it may have been started anew, and this machine may have slept, its sockets gone. */
  repeat(): void {
    if (this.#draft) this.#renew();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#isWanted = false;
    this.#withdraw();
  }

  /** Said to one of whom nothing is known yet; when they are given it, theirs has come. */
  get #terms(): Terms {
    const { localMedia, relay, wantsLowVideo } = this.#context;
    return {
      sends: localMedia.sends,
      wants: { audio: true, video: true, lowVideo: wantsLowVideo(0) },
      ways: { relay: relay.reach, isDirectOut: false, takes: "direct" },
      isHeard: true,
      quality: { uplink: 0, downlink: 0 },
    };
  }

  #settle(): void {
    if (this.#isWanted) void this.#make();
    else this.#withdraw();
  }

  #renew(): void {
    this.take()?.connection.close();
    if (this.#isWanted) void this.#make();
  }

  async #make(): Promise<void> {
    const draft = await this.#desk.draft();
    if (!draft || !this.#isWanted || draft === this.#draft) return;
    this.#draft = draft;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // Of another network, too, into which the person comes while they wait.
    for (const type of ["icegatheringstatechange", "icecandidate"])
      draft.connection.addEventListener(type, () => this.refresh(), { signal });
    this.refresh();
  }

  #withdraw(): void {
    this.take()?.connection.close();
    if (!(this.#isLeft && this.#left)) return;
    this.#isLeft = false;
    this.#leave(this.#left.connection, null);
  }
}
