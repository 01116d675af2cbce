import { logWarning } from "@/lib/log";
import { isTurnRefusal } from "./obstacle";
import { MEDIA_KINDS, type MediaKind } from "./peer-signal";

/** After so long the network may be another one than the offer's candidates are of. */
const FRESH_MS = 10_000;

/**
 * A connection with its first offer, made while the server still gives this page its seat: whoever is there is offered to
 * as soon as they may be. Until it is taken nothing of it leaves the page.
 */
export class EarlyOffer {
  readonly connection: RTCPeerConnection;
  readonly transceivers: ReadonlyMap<MediaKind, RTCRtpTransceiver>;
  readonly #madeAtMs = performance.now();
  /** Resolves when it is the connection's local description. */
  readonly made: Promise<void>;

  #isTurnRefused = false;

  constructor(connection: RTCPeerConnection) {
    this.connection = connection;
    connection.addEventListener("icecandidateerror", (event) => {
      this.#isTurnRefused ||= isTurnRefusal(event);
    });
    this.transceivers = addTransceivers(connection, new MediaStream());
    this.made = connection.setLocalDescription();
    // Who takes it hears of it as well; it may be that nobody does.
    this.made.catch((error: unknown) => logWarning("An offer could not be made ahead.", error));
  }

  /** Told before whoever takes it could hear of it. */
  get isTurnRefused(): boolean {
    return this.#isTurnRefused;
  }

  get isFresh(): boolean {
    return performance.now() - this.#madeAtMs < FRESH_MS;
  }

  /** It was made with the credentials of someone who was not in the call yet, for a TURN server: those end sooner than a call. */
  renew(iceServers: RTCIceServer[]): void {
    this.connection.setConfiguration({ ...this.connection.getConfiguration(), iceServers });
  }

  close(): void {
    this.connection.close();
  }
}

/**
 * One of each kind, for both directions.
 *
 * @param stream names what is sent as one, so that the receiver keeps sound and picture in step
 */
export function addTransceivers(connection: RTCPeerConnection, stream: MediaStream): Map<MediaKind, RTCRtpTransceiver> {
  const add = (kind: MediaKind) => connection.addTransceiver(kind, { direction: "sendrecv", streams: [stream] });
  return new Map(MEDIA_KINDS.map((kind) => [kind, add(kind)]));
}
