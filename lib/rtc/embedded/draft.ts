import { logWarning } from "@/lib/log";
import { randomUuid } from "@/lib/random-uuid";
import { connectionConfiguration } from "./connection-configuration";
import { askingForSilence } from "./opus-silence";
import { MEDIA_KINDS, type MediaKind, type StandingOfferSignal, type Terms } from "./peer-signal";
import { preferCodecs } from "./preferred-codecs";
import type { Address } from "./signalling";

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

/** Takes up those of an offer that was applied, for both directions. */
export function adoptLines(connection: RTCPeerConnection, stream: MediaStream): Lines {
  const transceivers = new Map<MediaKind, RTCRtpTransceiver>();
  for (const transceiver of connection.getTransceivers()) {
    const kind = transceiver.receiver.track.kind === "audio" ? "audio" : "video";
    if (transceivers.has(kind)) continue;
    transceiver.direction = "sendrecv";
    transceiver.sender.setStreams(stream);
    transceivers.set(kind, transceiver);
  }
  return { stream, transceivers };
}

/** What a page that is alone in the room offers to whoever comes first. */
export interface StandingOffer {
  readonly from: Address;
  readonly signal: StandingOfferSignal;
}

/** A connection with a description of its own, which nobody has yet. */
interface DraftedConnection extends Lines {
  readonly id: string;
  readonly connection: RTCPeerConnection;
  /** Of its description, as it was made: there is no address in it. */
  readonly sdp: string;
}

/** An offer to anyone, an answer to one, or an offer that anyone in the lobby may have, with what they all know by it. */
export type Draft = DraftedConnection &
  ({ kind: "offer" } | { kind: "answer"; to: StandingOffer } | { kind: "standing"; said: Terms | undefined });

/**
 * Keeps a description ready for as long as one may be wanted in a moment. Nothing of it leaves the page, and no ICE server is asked
 * for it.
 */
export class DraftDesk {
  readonly #createConnection: () => RTCPeerConnection;
  #connection: RTCPeerConnection | undefined;
  #drafted: DraftedConnection | undefined;
  #to: StandingOffer | undefined;
  #drafting: Promise<void> = Promise.resolve();

  constructor(createConnection = () => new RTCPeerConnection(connectionConfiguration([]))) {
    this.#createConnection = createConnection;
  }

  /**
   * Drafts an offer, or the answer to one, if there is none such. Resolves when that is done, or failed; perhaps never, where it is
   * thrown away before.
   */
  draft(to?: StandingOffer): Promise<void> {
    const isSame = this.#connection !== undefined && to?.signal.connection === this.#to?.signal.connection;
    // Of the same connection there may be news all the same: what is sent by it.
    this.#to = to;
    if (isSame) return this.#drafting;
    this.#drop();
    this.#drafting = this.#make(to);
    return this.#drafting;
  }

  /** @returns the draft, if it is made; whether or not, nothing is kept after this */
  take(): Draft | undefined {
    const [drafted, to] = [this.#drafted, this.#to];
    this.#drafted = undefined;
    this.#to = undefined;
    // A browser may have closed it: that of a page that was put away, for one.
    if (!drafted || isOver(drafted.connection)) {
      this.#drop();
      return undefined;
    }
    this.#connection = undefined;
    return to ? { ...drafted, kind: "answer", to } : { ...drafted, kind: "offer" };
  }

  /** Throws away what there is. */
  clear(): void {
    this.take()?.connection.close();
  }

  async #make(to: StandingOffer | undefined): Promise<void> {
    let connection: RTCPeerConnection | undefined;
    try {
      connection = this.#createConnection();
      this.#connection = connection;
      const drafted = to ? await answerTo(to.signal, connection) : await offerOf(connection);
      if (connection === this.#connection) this.#drafted = drafted;
    } catch (error) {
      // Whoever wants one makes it then, and meets with the same. One that is thrown away meanwhile is no failure.
      if (!isOver(connection)) logWarning("No description could be drafted.", error);
    }
  }

  #drop(): void {
    this.#connection?.close();
    this.#connection = undefined;
    this.#drafted = undefined;
  }
}

async function offerOf(connection: RTCPeerConnection): Promise<DraftedConnection> {
  const lines = addLines(connection, new MediaStream());
  return { ...lines, id: randomUuid(), connection, sdp: await setLocal(connection, await connection.createOffer()) };
}

async function answerTo(
  { description: { type, sdp } }: StandingOfferSignal,
  connection: RTCPeerConnection,
): Promise<DraftedConnection> {
  await connection.setRemoteDescription({ type, sdp: askingForSilence(sdp) });
  const lines = adoptLines(connection, new MediaStream());
  return { ...lines, id: randomUuid(), connection, sdp: await setLocal(connection, await connection.createAnswer()) };
}

async function setLocal(connection: RTCPeerConnection, made: RTCSessionDescriptionInit): Promise<string> {
  await connection.setLocalDescription(made);
  return made.sdp ?? "";
}

function isOver(connection: RTCPeerConnection | undefined): boolean {
  // Firefox gives up on one that hears of no address.
  return connection?.signalingState === "closed" || connection?.connectionState === "failed";
}
