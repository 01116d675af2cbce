import { logWarning } from "@/lib/log";
import { attachTracks } from "./attach-tracks";
import { type Draft, DraftDesk } from "./draft";
import { candidatesIn } from "./first-candidates";
import { InTurn } from "./in-turn";
import type { CallContext } from "./member";
import type { LinkSignal, StandingOfferSignal, Terms } from "./peer-signal";

/** Leaves an offer for whoever comes first, and what they are told when they have come; `null`: there is none any more. */
export type LeaveOffer = (left: { offer: StandingOfferSignal; onJoin: LinkSignal } | null) => void;

type Standing = Extract<Draft, { kind: "standing" }>;

/**
 * The offer of one who is alone in the room, left with the server for whoever comes first. Those who look at themselves before they
 * join have the answer ready, and say it with the request for their seat: nobody waits for more than that one word.
 */
export class OfferToAnyone {
  readonly #context: CallContext;
  readonly #leave: LeaveOffer;
  readonly #desk: DraftDesk;
  #isWanted = false;
  #draft: Standing | undefined;
  /** What the server has, as JSON. */
  #left = "";
  readonly #attaching = new InTurn();
  #listening = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: CallContext, leave: LeaveOffer) {
    this.#context = context;
    this.#leave = leave;
    this.#desk = new DraftDesk(context.createConnection);
  }

  /** Whether somebody may come who is to have one. */
  keep(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), this.#context.timings.standingOfferMs);
  }

  /** @returns the connection that it is of, for the first who has come: nobody else gets it any more, the server sees to that */
  take(): Draft | undefined {
    const draft = this.#draft;
    const isOut = draft && this.#left !== "" && draft.connection.signalingState !== "closed";
    if (isOut) this.#forget();
    else this.#drop();
    return isOut ? draft : undefined;
  }

  /** To be called when what is sent may have changed. */
  refresh(): void {
    if (!this.#draft) return;
    void this.#attaching.runOnce(() => this.#attach());
    const { id, connection, sdp } = this.#draft;
    // A browser may close those of a page that was put away.
    if (connection.signalingState === "closed") {
      this.renew();
      return;
    }
    if (connection.iceGatheringState !== "complete") return;
    const terms = this.#terms;
    const left = JSON.stringify(terms);
    if (left === this.#left) return;
    // Who comes may have one or the other, where it is not the first.
    this.#draft = { ...this.#draft, said: this.#left === "" ? terms : undefined };
    this.#left = left;
    const candidates = candidatesIn(connection.localDescription?.sdp ?? "");
    this.#leave({
      offer: { connection: id, description: { type: "offer", sdp }, ...terms },
      onJoin: { type: "candidates", connection: id, peer: null, candidates },
    });
  }

  /** To be called when the server is back: it may have been started anew, and this machine may have slept, its sockets gone. */
  renew(): void {
    if (!this.#draft) return;
    this.#drop();
    if (this.#isWanted) void this.#make();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#isWanted = false;
    this.#withdraw();
  }

  /** Said to one of whom nothing is known yet; when they have it, what they say has come. */
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
    if (!this.#isWanted) this.#withdraw();
    else if (!this.#draft) void this.#make();
  }

  async #make(): Promise<void> {
    await this.#desk.draft();
    // By now somebody may have come.
    if (!this.#isWanted) this.#desk.clear();
    const draft = this.#desk.take();
    if (!draft) return;
    this.#draft = { ...draft, kind: "standing", said: undefined };
    const { signal } = this.#listening;
    draft.connection.addEventListener("icegatheringstatechange", () => this.refresh(), { signal });
    this.refresh();
  }

  /** Nothing goes before somebody has come, and then all is in its place. */
  async #attach(): Promise<void> {
    const draft = this.#draft;
    if (!draft) return;
    try {
      await attachTracks({
        sender: (kind) => draft.transceivers.get(kind)?.sender,
        outgoing: (kind) => this.#context.localMedia.outgoing(kind),
        isOver: () => draft.connection.signalingState === "closed",
      });
    } catch (error) {
      // Whoever has come is given it all the same: what is missing then is attached then.
      logWarning("A track could not be attached ahead.", error);
    }
  }

  #withdraw(): void {
    this.#desk.clear();
    const wasLeft = this.#left !== "";
    this.#drop();
    if (wasLeft) this.#leave(null);
  }

  #drop(): void {
    this.#draft?.connection.close();
    this.#forget();
  }

  #forget(): void {
    this.#listening.abort();
    this.#listening = new AbortController();
    this.#draft = undefined;
    this.#left = "";
  }
}
