import { logWarning } from "@/lib/log";
import { connectionConfiguration } from "./connection-configuration";
import { MEDIA_KINDS, type MediaKind } from "./peer-signal";
import { preferCodecs } from "./preferred-codecs";

/** What a connection sends and receives by. */
export interface Lines {
  /** Names what is sent as one, so that the receiver keeps sound and picture in step. */
  readonly stream: MediaStream;
  readonly transceivers: Map<MediaKind, RTCRtpTransceiver>;
}

/** Makes one of each kind, for both directions. */
export function addLines(connection: RTCPeerConnection, stream: MediaStream): Lines {
  const add = (kind: MediaKind) => {
    const transceiver = connection.addTransceiver(kind, { direction: "sendrecv", streams: [stream] });
    preferCodecs(transceiver, kind);
    return transceiver;
  };
  return { stream, transceivers: new Map(MEDIA_KINDS.map((kind) => [kind, add(kind)])) };
}

/** A connection with an offer of its own. */
export interface OfferDraft extends Lines {
  readonly connection: RTCPeerConnection;
}

/**
 * Keeps an offer ready for as long as one may be wanted in a moment. Nothing of it leaves the page: it is for nobody yet, and no ICE
 * server is asked for it.
 */
export class OfferDesk {
  readonly #createConnection: () => RTCPeerConnection;
  #connection: RTCPeerConnection | undefined;
  #draft: OfferDraft | undefined;

  constructor(createConnection = () => new RTCPeerConnection(connectionConfiguration([]))) {
    this.#createConnection = createConnection;
  }

  /** Drafts one, if there is none. Resolves when that is done, or failed; perhaps never, where it is thrown away before. */
  async draft(): Promise<void> {
    if (this.#connection) return;
    let connection: RTCPeerConnection | undefined;
    try {
      connection = this.#createConnection();
      this.#connection = connection;
      const lines = addLines(connection, new MediaStream());
      await connection.setLocalDescription();
      if (connection === this.#connection) this.#draft = { ...lines, connection };
    } catch (error) {
      // Whoever wants one makes it then, and meets with the same. One that is thrown away meanwhile is no failure.
      if (!isClosed(connection)) logWarning("No offer could be drafted.", error);
    }
  }

  /** @returns the draft, if it is made; whether or not, nothing is kept after this */
  take(): OfferDraft | undefined {
    const [connection, draft] = [this.#connection, this.#draft];
    this.#connection = undefined;
    this.#draft = undefined;
    // A browser may have closed it: that of a page that was put away, for one.
    if (draft && !isClosed(connection)) return draft;
    connection?.close();
    return undefined;
  }

  /** Throws away what there is. */
  clear(): void {
    this.take()?.connection.close();
  }
}

function isClosed(connection: RTCPeerConnection | undefined): boolean {
  return connection?.signalingState === "closed";
}
