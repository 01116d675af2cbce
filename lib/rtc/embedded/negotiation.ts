import { logWarning } from "@/lib/log";
import { randomUuid } from "@/lib/random-uuid";
import { addLines, adoptLines, type Draft, type Lines } from "./draft";
import { type CandidateTimings, firstCandidates, forPeers } from "./first-candidates";
import { isTurnRefusal } from "./obstacle";
import { askingForSilence } from "./opus-silence";
import type { Candidate, Description, MediaKind } from "./peer-signal";

export interface NegotiationContext {
  readonly createConnection: () => RTCPeerConnection;
  readonly timings: CandidateTimings;
}

export interface NegotiationHandlers {
  onDescription(description: Description): void;
  onCandidates(candidates: Candidate[]): void;
  /** A TURN server does not take this page's credentials. */
  onTurnRefused(): void;
  /** Both transceivers are there: what is to be sent may be attached, and goes as soon as there is a way. */
  onTransceivers(): void;
  /** A description of the other's was applied. */
  onApplied(): void;
  /** The other side has to offer: this one may not any more. */
  onRestartNeeded(): void;
  onStateChange(): void;
  /** Beyond repair: this connection can only be replaced. */
  onFailure(error: unknown): void;
}

/**
 * One audio and one video transceiver to one other page, and the negotiation of them: perfect negotiation, W3C
 * webrtc-pc §10.7, with what the pattern leaves to the application. Candidates wait for a description to belong to. And
 * transceivers: those made by `addTransceiver` are never taken up by the other's offer (RFC 8829 §5.10), and once
 * rolled back they cannot be got rid of (Chromium goes on asking for negotiation for the sake of a stopped one that
 * never had an m-line). So where both make their first offer at once, the polite side does not roll back but begins
 * again with a fresh RTCPeerConnection: nothing of the old one was ever used.
 *
 * After that only the impolite side offers, and the polite one asks it to: a rollback in a running call leaves Chromium
 * (checked in 156) decoding a picture that it never shows again. There is only one reason to: an ICE restart.
 */
export class Negotiation {
  readonly id: string;
  readonly #context: NegotiationContext;
  readonly #isPolite: boolean;
  readonly #handlers: NegotiationHandlers;
  #connection: RTCPeerConnection;
  #listening = new AbortController();
  #lines: Lines;
  /** What is made already, and said by `offer`. */
  #draft: Draft | undefined;
  /** This page's offer was left for whoever comes: it is not known whether the other has it. */
  #isStanding: boolean;
  #waiting: Candidate[] = [];
  /** What is being applied, with all that waits for it; `undefined`: nothing. */
  #incoming: Promise<void> | undefined;
  #isOfferComing = false;
  #isMakingOffer = false;
  #isIgnoringOffer = false;
  /** Whether a description is about to go, with the candidates found until then. */
  #isGathering = false;
  #hasApplied: boolean;
  #isClosed = false;

  /** @param draft a connection that is made already, with its description */
  constructor(context: NegotiationContext, isPolite: boolean, handlers: NegotiationHandlers, draft?: Draft) {
    this.id = draft?.id ?? randomUuid();
    this.#context = context;
    this.#isPolite = isPolite;
    this.#handlers = handlers;
    this.#connection = this.#listenTo(draft?.connection ?? context.createConnection());
    this.#lines = draft ?? noLines();
    this.#isStanding = draft?.kind === "standing";
    this.#hasApplied = draft?.kind === "answer";
    this.#draft = this.#isStanding ? undefined : draft;
  }

  get connection(): RTCPeerConnection {
    return this.#connection;
  }

  /** Whether a description of the other's was ever applied: from then on this connection is bound to that one. */
  get hasApplied(): boolean {
    return this.#hasApplied;
  }

  /** Whether this page's offer may be unknown to the other. */
  get isStanding(): boolean {
    return this.#isStanding;
  }

  transceiver(kind: MediaKind): RTCRtpTransceiver | undefined {
    return this.#lines.transceivers.get(kind);
  }

  /**
   * Makes the transceivers and offers, or says what is drafted. Does nothing where there is an offer of either side's already. Resolves
   * when the offer is out, or came to nothing.
   */
  async offer(): Promise<void> {
    const draft = this.#draft;
    this.#draft = undefined;
    if (this.#isClosed || this.#isOfferComing) return;
    if (draft) {
      await this.#sayDraft(draft);
      return;
    }
    if (this.#hasApplied || this.#hasLines) return;
    this.#lines = addLines(this.connection, this.#lines.stream);
    // At once: the browser's own word that it is needed comes a moment later, and never while one is being made.
    const made = this.#makeOffer(this.connection);
    this.#handlers.onTransceivers();
    await made;
  }

  async #sayDraft({ connection, kind }: Draft): Promise<void> {
    this.#handlers.onTransceivers();
    // A click may come just after it is made.
    if (connection.iceGatheringState !== "complete" && !hasAddresses(connection)) await this.#gather(connection);
    if (this.#isClosed || connection !== this.#connection) return;
    if (connection.localDescription) this.#send(connection.localDescription);
    if (kind === "answer") this.#handlers.onApplied();
  }

  /** Sends the offer that is unanswered, with the candidates found so far. `false` when there is none. */
  repeatOffer(): boolean {
    const { signalingState, localDescription } = this.connection;
    if (signalingState !== "have-local-offer" || !localDescription) return false;
    this.#isStanding = false;
    this.#send(localDescription);
    return true;
  }

  /** From here on other credentials count: those of a TURN server are short-lived. @throws {DOMException} on a closed connection */
  configure(iceServers: RTCIceServer[]): void {
    const configuration = this.connection.getConfiguration();
    const isSame = JSON.stringify(configuration.iceServers) === JSON.stringify(iceServers);
    // Mostly there are none: to set that again holds up the page, which is on its way in.
    if (isSame && this.connection.signalingState !== "closed") return;
    this.connection.setConfiguration({ ...configuration, iceServers });
  }

  /** Restarts ICE, or asks the other side to, whose part it is. */
  restartIce(iceServers: RTCIceServer[]): void {
    try {
      this.configure(iceServers);
      if (this.#isPolite && this.#hasApplied) this.#handlers.onRestartNeeded();
      else this.connection.restartIce();
    } catch (error) {
      // A browser may close a connection by itself: that of a page that was put away, for one.
      this.#handlers.onFailure(error);
    }
  }

  /** Applies a description or candidates of the other's, in the order of the calls. */
  receive(what: { description: Description } | { candidates: Candidate[] }): void {
    if ("description" in what && what.description.type === "offer") this.#isOfferComing = true;
    const turn = async () => {
      if (this.#isClosed) return;
      try {
        if ("description" in what) await this.#apply(what.description);
        else await this.#addCandidates(what.candidates);
      } catch (error) {
        if (!this.#isClosed) this.#handlers.onFailure(error);
      }
    };
    // At once where nothing is before it: a newcomer is known by their offer, and after this step the page draws them.
    const incoming = this.#incoming?.then(turn) ?? turn();
    this.#incoming = incoming;
    void incoming.then(() => {
      if (this.#incoming === incoming) this.#incoming = undefined;
    });
  }

  /** Forgets candidates of a connection of the other's that is no more. */
  forgetCandidates(): void {
    this.#waiting = [];
  }

  close(): void {
    this.#isClosed = true;
    this.#listening.abort();
    this.#connection.close();
  }

  #listenTo(connection: RTCPeerConnection): RTCPeerConnection {
    const { signal } = this.#listening;
    connection.addEventListener("negotiationneeded", () => void this.#makeOffer(connection), { signal });
    connection.addEventListener("icecandidate", ({ candidate }) => this.#sendCandidate(candidate), { signal });
    const onError = (event: RTCPeerConnectionIceErrorEvent) => {
      if (isTurnRefusal(event)) this.#handlers.onTurnRefused();
    };
    connection.addEventListener("icecandidateerror", onError, { signal });
    connection.addEventListener("connectionstatechange", () => this.#handlers.onStateChange(), { signal });
    return connection;
  }

  get #hasLines(): boolean {
    return this.#lines.transceivers.size > 0;
  }

  #beginAgain(): void {
    this.#listening.abort();
    this.#connection.close();
    this.#listening = new AbortController();
    this.#lines = noLines();
    this.#isStanding = false;
    this.#isMakingOffer = false;
    this.#isGathering = false;
    this.#connection = this.#listenTo(this.#context.createConnection());
  }

  async #makeOffer(connection: RTCPeerConnection): Promise<void> {
    if (this.#hasApplied && this.#isPolite) {
      this.#handlers.onRestartNeeded();
      return;
    }
    const isCurrent = () => !this.#isClosed && connection === this.#connection;
    try {
      this.#isMakingOffer = true;
      await connection.setLocalDescription();
      await this.#gather(connection);
      // The other's offer may have overtaken this one and rolled it back.
      if (isCurrent()) this.repeatOffer();
    } catch (error) {
      if (isCurrent()) this.#handlers.onFailure(error);
    } finally {
      if (isCurrent()) this.#isMakingOffer = false;
    }
  }

  async #apply(description: Description): Promise<void> {
    const isOffer = description.type === "offer";
    // They have not taken up what was left for them: it is not in the way of theirs.
    if (isOffer && this.#isStanding) this.#beginAgain();
    const hasFirstOffer = !this.#hasApplied && this.#hasLines;
    // Descriptions are applied one after another, so there is never an answer still being applied here (the pattern's
    // srdAnswerPending).
    const isColliding =
      isOffer && (hasFirstOffer || this.#isMakingOffer || this.#connection.signalingState !== "stable");
    this.#isIgnoringOffer = isColliding && !this.#isPolite;
    if (this.#isIgnoringOffer) {
      this.#isOfferComing = false;
      return;
    }
    // An answer to an offer that was repeated, or rolled back: it has nothing to say any more.
    if (!isOffer && this.#connection.signalingState !== "have-local-offer") return;
    if (isColliding && hasFirstOffer) this.#beginAgain();

    const connection = this.#connection;
    await connection.setRemoteDescription({ type: description.type, sdp: askingForSilence(description.sdp) });
    if (isOffer) {
      this.#adoptTransceivers(connection);
      await connection.setLocalDescription();
      await this.#gather(connection);
      if (connection.localDescription) this.#send(connection.localDescription);
      this.#isOfferComing = false;
    }
    if (this.#isClosed) return;
    this.#hasApplied = true;
    this.#handlers.onApplied();
    this.#isStanding = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    await this.#addCandidates(waiting);
  }

  /** Of the first offer. Later ones have the same. */
  #adoptTransceivers(connection: RTCPeerConnection): void {
    if (this.#hasLines) return;
    this.#lines = adoptLines(connection, this.#lines.stream);
    this.#handlers.onTransceivers();
  }

  async #addCandidates(candidates: Candidate[]): Promise<void> {
    const { remoteDescription } = this.#connection;
    if (!remoteDescription) {
      this.#waiting.push(...candidates);
      return;
    }
    for (const candidate of candidates) {
      // Of an offer that lost, or from before an ICE restart.
      if (candidate.usernameFragment && !remoteDescription.sdp.includes(candidate.usernameFragment)) continue;
      try {
        await this.#connection.addIceCandidate(asInit(candidate));
      } catch (error) {
        // One that is missing is made up for by the next restart.
        if (!this.#isIgnoringOffer && !this.#isClosed) logWarning("A candidate could not be added.", error);
      }
    }
  }

  async #gather(connection: RTCPeerConnection): Promise<void> {
    // To a page that nobody sees two milliseconds are a second: it says at once what there is.
    if (document.hidden) return;
    this.#isGathering = true;
    const { signal } = this.#listening;
    await firstCandidates(connection, this.#context.timings, signal);
    if (connection === this.#connection) this.#isGathering = false;
  }

  #send({ type, sdp }: RTCSessionDescription): void {
    if (type === "offer" || type === "answer") this.#handlers.onDescription({ type, sdp: forPeers(sdp) });
  }

  #sendCandidate(candidate: RTCIceCandidate | null): void {
    // `null` is an older form of the empty candidate, which says the same and comes before it.
    if (!candidate || candidate.protocol === "tcp" || this.#isGathering) return;
    const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    this.#handlers.onCandidates([{ candidate: line, sdpMid, sdpMLineIndex, usernameFragment }]);
  }
}

function hasAddresses({ localDescription }: RTCPeerConnection): boolean {
  return localDescription?.sdp.includes("\r\na=candidate:") ?? false;
}

function noLines(): Lines {
  return { stream: new MediaStream(), transceivers: new Map() };
}

function asInit({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: Candidate): RTCIceCandidateInit {
  return {
    candidate,
    sdpMid: sdpMid ?? null,
    sdpMLineIndex: sdpMLineIndex ?? null,
    usernameFragment: usernameFragment ?? null,
  };
}
