import { forPeers } from "./first-candidates";
import type { CallContext } from "./member";
import { OfferDesk, type OfferDraft } from "./offer-draft";
import type { PeerSignal, Terms } from "./peer-signal";

type StandingSignal = Extract<PeerSignal, { type: "standing" }>;

/**
 * The offer of one who is alone in the room, left with the server for the first who comes: given theirs, and they this one, both can
 * connect at once, and neither waits for the other's answer (`Negotiation.meet`). The server gives it to one, at their join: until
 * then nobody learns of it.
 */
export class StandingOffer {
  readonly #context: CallContext;
  readonly #leave: (signal: StandingSignal | null) => void;
  readonly #desk: OfferDesk;
  #isWanted = false;
  #draft: OfferDraft | undefined;
  /** What the server has; `""`: nothing. */
  #left = "";
  #listening = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param leave leaves it with the server; `null`: there is none any more */
  constructor(context: CallContext, leave: (signal: StandingSignal | null) => void) {
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

  /** To be called when what goes with it may have changed. */
  refresh(): void {
    if (!this.#draft) return;
    const { id, connection } = this.#draft;
    const { localDescription, iceGatheringState } = connection;
    if (!localDescription || iceGatheringState !== "complete") return;
    const sdp = forPeers(localDescription.sdp);
    const signal = { type: "standing", connection: id, peer: null, sdp, ...this.#terms } as const;
    const left = JSON.stringify(signal);
    if (left === this.#left) return;
    this.#left = left;
    this.#leave(signal);
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

  /** To be called when the server is back: it may have been started anew. */
  repeat(): void {
    this.#left = "";
    this.refresh();
  }

  /** What is left with the server ends with the seat. */
  close(): void {
    clearTimeout(this.#timer);
    this.#isWanted = false;
    this.take()?.connection.close();
  }

  #settle(): void {
    if (this.#isWanted) void this.#make();
    else this.#withdraw();
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
    if (this.#left === "") return;
    this.#left = "";
    this.#leave(null);
  }
}
