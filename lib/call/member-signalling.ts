import { openRelayConnection, setRelaySlots } from "@/lib/api/relay-api";
import { requestToken } from "@/lib/api/room-api";
import { AppError } from "@/lib/app-error";
import type { Instance, RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import type {
  Address,
  LeftOffer,
  Peer,
  RelayAccess,
  Seat,
  Signalling,
  SignallingEvent,
} from "@/lib/rtc/embedded/signalling";
import type { SignalExchange } from "./signal-exchange";
import type { TabSeat } from "./tab-seat";
import type { TokenKeeper } from "./token-keeper";

const RELAY_ANSWER_MS = 5_000;

interface SignallingOptions {
  room: RoomName;
  instance: Instance;
  tokens: TokenKeeper;
  tabSeat: TabSeat;
  signals: SignalExchange;
  leaveOffer: Signalling["leaveOffer"];
  noteLinked: (uid: Uid) => void;
  isConnected: () => boolean;
  /** Everyone in the room, this member too. */
  peers: () => readonly Peer[];
  /** Aborts when the tab's connection to the room is over. */
  signal: AbortSignal;
}

/** How this member's client reaches the other pages: by the one stream that the tab has. */
export class MemberSignalling implements Signalling {
  readonly #options: SignallingOptions;
  readonly relay: RelayAccess;

  constructor(options: SignallingOptions) {
    this.#options = options;
    this.relay = this.relayOf();
  }

  get seat(): Seat | null {
    const { instance, tokens, tabSeat } = this.#options;
    if (!tabSeat.held) return null;
    const { room, uid, token, iceServers, topology } = tokens.credentials;
    const { expiresAtMs } = tokens;
    return { room, uid, instance, role: "person", token, expiresAtMs, iceServers, topology };
  }

  get isConnected(): boolean {
    return this.#options.isConnected();
  }

  get peers(): Peer[] {
    const { peers, tokens } = this.#options;
    return peers().filter(({ uid }) => uid !== tokens.uid);
  }

  listen(listener: (event: SignallingEvent) => void): () => void {
    return this.#options.signals.inbox.listen(listener);
  }

  send(to: Address, signal: unknown): void {
    this.#options.signals.send(to, signal);
  }

  leaveOffer(left: LeftOffer | null): void {
    this.#options.leaveOffer(left);
  }

  noteLinked({ uid }: Address): void {
    this.#options.noteLinked(uid);
  }

  async renewToken(token: RtcToken): Promise<void> {
    const { room, tokens, signal } = this.#options;
    if (token === tokens.token) return;
    const credentials = await requestToken(room, token, signal);
    if (credentials.uid !== tokens.credentials.uid || credentials.kind !== "join") {
      throw new AppError("token_invalid", "The token is for another member.");
    }
    tokens.take(credentials);
  }

  /** @param screen whose connections they are, where it is not this member's own client */
  relayOf(screen?: Uid): RelayAccess {
    const { room, instance, tokens, signal: over } = this.#options;
    const address = screen === undefined ? { instance } : { instance, uid: screen };
    return {
      open: (offer, signal) => openRelayConnection(room, tokens.token, { ...address, ...offer }, signal),
      ask: (slots) => {
        // One that hangs, as on a network that was left, would hold back all later ones.
        const signal = AbortSignal.any([over, AbortSignal.timeout(RELAY_ANSWER_MS)]);
        return setRelaySlots(room, tokens.token, { ...address, ...slots }, signal);
      },
    };
  }
}
