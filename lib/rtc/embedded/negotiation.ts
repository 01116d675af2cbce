import { type Candidate, type Description, MEDIA_KINDS, type MediaKind } from "./peer-signal";

export interface NegotiationHandlers {
  onDescription(description: Description): void;
  onCandidates(candidates: Candidate[]): void;
  /** A description of the other's was applied: both transceivers stand, what is sent may be attached. */
  onApplied(): void;
  onStateChange(): void;
  /** Beyond repair: this connection can only be replaced. */
  onFailure(error: unknown): void;
}

/**
 * One `RTCPeerConnection` with one audio and one video transceiver, and the negotiation of it: perfect negotiation, W3C
 * webrtc-pc §10.7, with the two things the pattern leaves to the application. Candidates wait for a description to
 * belong to. And transceivers: those made here by `addTransceiver` are never taken up by another's offer (RFC 8829
 * §5.10), so when glare rolls ours back, the offer's own are adopted and ours are stopped before they become m-lines.
 */
export class Negotiation {
  readonly id = crypto.randomUUID();
  readonly connection: RTCPeerConnection;
  readonly #isPolite: boolean;
  readonly #handlers: NegotiationHandlers;
  /** Names what is sent as one stream, so that the receiver keeps sound and picture in step. */
  readonly #stream = new MediaStream();
  readonly #abort = new AbortController();
  #transceivers = new Map<MediaKind, RTCRtpTransceiver>();
  #waiting: Candidate[] = [];
  #incoming: Promise<void> = Promise.resolve();
  #isMakingOffer = false;
  #isIgnoringOffer = false;
  #hasApplied = false;

  constructor(connection: RTCPeerConnection, isPolite: boolean, handlers: NegotiationHandlers) {
    this.connection = connection;
    this.#isPolite = isPolite;
    this.#handlers = handlers;
    const { signal } = this.#abort;
    connection.addEventListener("negotiationneeded", () => void this.#makeOffer(), { signal });
    connection.addEventListener("icecandidate", ({ candidate }) => this.#sendCandidate(candidate), { signal });
    connection.addEventListener("connectionstatechange", () => handlers.onStateChange(), { signal });
  }

  /** Whether a description of the other's was ever applied: from then on this connection is bound to that one. */
  get hasApplied(): boolean {
    return this.#hasApplied;
  }

  transceiver(kind: MediaKind): RTCRtpTransceiver | undefined {
    return this.#transceivers.get(kind);
  }

  /** Makes the transceivers, which makes the offer. Does nothing where there is an offer of either side's already. */
  offer(): void {
    if (this.#transceivers.size > 0 || this.connection.remoteDescription) return;
    for (const kind of MEDIA_KINDS) {
      const transceiver = this.connection.addTransceiver(kind, { direction: "sendrecv", streams: [this.#stream] });
      this.#transceivers.set(kind, transceiver);
    }
  }

  /** Sends the offer that is unanswered, with the candidates found so far. `false` when there is none. */
  repeatOffer(): boolean {
    const { signalingState, localDescription } = this.connection;
    if (signalingState !== "have-local-offer" || !localDescription) return false;
    this.#send(localDescription);
    return true;
  }

  restartIce(iceServers: RTCIceServer[]): void {
    // Credentials of a relay are short-lived: a restart may need newer ones.
    this.connection.setConfiguration({ ...this.connection.getConfiguration(), iceServers });
    this.connection.restartIce();
  }

  /** Applies a description or candidates of the other's, in the order of the calls. */
  receive(what: { description: Description } | { candidates: Candidate[] }): void {
    this.#incoming = this.#incoming
      .then(() => {
        if (this.#isClosed) return undefined;
        return "description" in what ? this.#apply(what.description) : this.#addCandidates(what.candidates);
      })
      .catch((error: unknown) => {
        if (!this.#isClosed) this.#handlers.onFailure(error);
      });
  }

  /** Forgets candidates of a connection of the other's that is no more. */
  forgetCandidates(): void {
    this.#waiting = [];
  }

  close(): void {
    this.#abort.abort();
    this.connection.close();
  }

  get #isClosed(): boolean {
    return this.#abort.signal.aborted;
  }

  async #makeOffer(): Promise<void> {
    try {
      this.#isMakingOffer = true;
      await this.connection.setLocalDescription();
      // The other's offer may have overtaken this one and rolled it back.
      this.repeatOffer();
    } catch (error) {
      if (!this.#isClosed) this.#handlers.onFailure(error);
    } finally {
      this.#isMakingOffer = false;
    }
  }

  async #apply(description: Description): Promise<void> {
    const { connection } = this;
    const isOffer = description.type === "offer";
    // Descriptions are applied one after another, so there is never an answer still being applied here (the pattern's
    // srdAnswerPending).
    const isColliding = isOffer && (this.#isMakingOffer || connection.signalingState !== "stable");
    this.#isIgnoringOffer = isColliding && !this.#isPolite;
    if (this.#isIgnoringOffer) return;
    // An answer to an offer that was repeated, or rolled back: it has nothing to say any more.
    if (!isOffer && connection.signalingState !== "have-local-offer") return;

    await connection.setRemoteDescription(description);
    if (isOffer) {
      this.#adoptTransceivers();
      await connection.setLocalDescription();
      if (connection.localDescription) this.#send(connection.localDescription);
    }
    this.#hasApplied = true;
    this.#handlers.onApplied();
    const waiting = this.#waiting;
    this.#waiting = [];
    await this.#addCandidates(waiting);
  }

  #adoptTransceivers(): void {
    const adopted = new Map<MediaKind, RTCRtpTransceiver>();
    for (const transceiver of this.connection.getTransceivers()) {
      const kind = transceiver.receiver.track.kind === "audio" ? "audio" : "video";
      if (transceiver.mid === null) transceiver.stop();
      else if (transceiver.currentDirection !== "stopped" && !adopted.has(kind)) {
        if (transceiver.direction !== "sendrecv") {
          transceiver.direction = "sendrecv";
          transceiver.sender.setStreams(this.#stream);
        }
        adopted.set(kind, transceiver);
      }
    }
    this.#transceivers = adopted;
  }

  async #addCandidates(candidates: Candidate[]): Promise<void> {
    if (!this.connection.remoteDescription) {
      this.#waiting.push(...candidates);
      return;
    }
    for (const candidate of candidates) {
      try {
        await this.connection.addIceCandidate(asInit(candidate));
      } catch (error) {
        // One of an offer that lost, or of a generation that an ICE restart has ended, is of no use to anyone; one that
        // is missing is made up for by the next restart.
        if (!this.#isIgnoringOffer && !this.#isClosed) console.warn("A candidate could not be added:", error);
      }
    }
  }

  #send({ type, sdp }: RTCSessionDescription): void {
    if (type === "offer" || type === "answer") this.#handlers.onDescription({ type, sdp });
  }

  #sendCandidate(candidate: RTCIceCandidate | null): void {
    // `null` is an older form of the empty candidate, which says the same and comes before it.
    if (!candidate) return;
    const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    this.#handlers.onCandidates([{ candidate: line, sdpMid, sdpMLineIndex, usernameFragment }]);
  }
}

function asInit({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: Candidate): RTCIceCandidateInit {
  return {
    candidate,
    sdpMid: sdpMid ?? null,
    sdpMLineIndex: sdpMLineIndex ?? null,
    usernameFragment: usernameFragment ?? null,
  };
}
