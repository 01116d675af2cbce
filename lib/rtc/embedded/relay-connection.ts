import type { RelaySlot } from "@/lib/contracts/relay";
import { randomUuid } from "@/lib/random-uuid";
import type { Inlet } from "./inlet";
import { askingForSilence } from "./opus-silence";
import { MEDIA_KINDS, type MediaKind } from "./peer-signal";
import { simulcastEncodings } from "./simulcast";

/** What is wanted of someone: each kind or not, and a small picture where that is enough. */
export interface RelayWish {
  audio: boolean;
  video: boolean;
  isLow: boolean;
}

/** Who asks for the small picture gets it, whatever its size: no tile is smaller than this. Pixels of the screen. */
const LOW_HEIGHT = 90;

type Sections = { readonly [Kind in MediaKind]: RTCRtpTransceiver };

/**
 * One connection to the relay: a sound and a picture to send, and slots to receive, made ahead. It is negotiated once, and never
 * again: what does not fit into it goes by another one.
 */
export class RelayConnection {
  readonly id = randomUuid();
  readonly connection: RTCPeerConnection;
  readonly #sends: Sections;
  readonly #slots: Sections[] = [];
  readonly #inlets: Inlet[];
  readonly #madeAtMs = performance.now();
  #answering: AbortController | undefined = new AbortController();

  /** @param slotCount from how many others at once it can receive */
  constructor(connection: RTCPeerConnection, { slotCount, role }: { slotCount: number; role: "person" | "screen" }) {
    this.connection = connection;
    const stream = new MediaStream();
    this.#sends = {
      audio: connection.addTransceiver("audio", { direction: "sendonly", streams: [stream] }),
      video: connection.addTransceiver("video", {
        direction: "sendonly",
        streams: [stream],
        sendEncodings: simulcastEncodings(role),
      }),
    };
    for (let at = 0; at < slotCount; at++) {
      this.#slots.push({
        audio: connection.addTransceiver("audio", { direction: "recvonly" }),
        video: connection.addTransceiver("video", { direction: "recvonly" }),
      });
    }
    this.#inlets = this.#slots.map((slot) => ({ route: "relay", connection, transceiver: (kind) => slot[kind] }));
  }

  get ageMs(): number {
    return performance.now() - this.#madeAtMs;
  }

  /** It is not up and will be: the server is about to answer, or the relay has answered and keys are being agreed on. */
  get isUnderWay(): boolean {
    const { signalingState, connectionState, iceConnectionState } = this.connection;
    if (signalingState !== "stable" || this.connection.remoteDescription === null) return signalingState !== "closed";
    const isIceUp = iceConnectionState === "connected" || iceConnectionState === "completed";
    return isIceUp && connectionState === "connecting";
  }

  get slotCount(): number {
    return this.#slots.length;
  }

  sender(kind: MediaKind): RTCRtpSender {
    return this.#sends[kind].sender;
  }

  inlet(slot: number): Inlet | undefined {
    return this.#inlets[slot];
  }

  /**
   * Offers itself to the relay.
   *
   * @param ask has the relay answer; given the offer's SDP
   * @throws what `ask` does; `InvalidStateError` when it is closed meanwhile
   */
  async open(ask: (sdp: string, signal: AbortSignal) => Promise<string>): Promise<void> {
    const signal = this.#answering?.signal ?? AbortSignal.abort();
    await this.connection.setLocalDescription();
    const answer = await ask(this.connection.localDescription?.sdp ?? "", signal);
    await this.connection.setRemoteDescription({ type: "answer", sdp: askingForSilence(answer) });
  }

  /** In the relay's words, what the slots are to carry. To be asked once the offer is made: until then they have no names. */
  receives(shown: ReadonlyMap<RelaySlot["uid"], { slot: number; wish: RelayWish }>): RelaySlot[] {
    return [...shown].flatMap(([uid, { slot: at, wish }]) => {
      const slot = this.#slots[at];
      if (!slot) return [];
      return MEDIA_KINDS.flatMap((kind): RelaySlot[] => {
        const { mid } = slot[kind];
        if (!wish[kind] || mid === null) return [];
        return [{ mid, uid, ...(kind === "video" && wish.isLow ? { height: LOW_HEIGHT } : {}) }];
      });
    });
  }

  /** Of which slot a section is. */
  slotOf(mid: string): number | undefined {
    const at = this.#slots.findIndex(({ audio, video }) => audio.mid === mid || video.mid === mid);
    return at === -1 ? undefined : at;
  }

  close(): void {
    this.#answering?.abort();
    this.#answering = undefined;
    this.connection.close();
  }
}
