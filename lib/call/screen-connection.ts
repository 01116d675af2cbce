import { deleteMember, requestToken } from "@/lib/api/room-api";
import { AppError } from "@/lib/app-error";
import type { Credentials } from "@/lib/contracts/http";
import type { Instance, RtcToken, Uid } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";
import type { Address, Peer, RelayAccess, Seat, Signalling, SignallingEvent } from "@/lib/rtc/embedded/signalling";
import { backOffMs, wait } from "./back-off";
import { mayPass } from "./may-pass";
import type { SignalExchange } from "./signal-exchange";
import type { SignalInbox } from "./signal-inbox";
import { TokenKeeper } from "./token-keeper";

/** What a screen has of its owner's connection. */
export interface OwnersConnection {
  readonly instance: Instance;
  readonly signals: SignalExchange;
  /** For a screen's own connections to the relay. */
  readonly relayOf: (screen: Uid) => RelayAccess;
  readonly isConnected: () => boolean;
  readonly peers: () => Peer[];
  /** Aborts when the owner's connection is over, and with it all that is shared by it. */
  readonly signal: AbortSignal;
}

const BACK_OFF = { firstMs: 500, maxMs: 4000 };

export interface ScreenListener {
  /** A renewed token for the same uid, to be handed to the client. */
  onTokenRenewed(token: RtcToken): void;
  /** The server does not know this share any more. */
  onLost(): void;
}

/**
 * A shared screen's part in its room: a token of its own, and the signals of its client on the one stream that the tab has.
 * Everything else it has of its owner.
 */
export class ScreenConnection implements Signalling {
  readonly #owner: OwnersConnection;
  readonly #listener: ScreenListener;
  readonly #tokens: TokenKeeper;
  readonly #inbox: SignalInbox;
  readonly relay: RelayAccess;
  /** Whether the server has told of this share: before that, not to be told of it says nothing. */
  #isKnown = false;
  #isOver = false;

  constructor(credentials: Credentials, owner: OwnersConnection, listener: ScreenListener) {
    this.#owner = owner;
    this.#listener = listener;
    this.#tokens = new TokenKeeper({
      renew: (token, signal) => requestToken(credentials.room, token, signal),
      onRenewed: ({ token }) => listener.onTokenRenewed(token),
      onLost: () => this.lose(),
    });
    this.#tokens.take(credentials);
    this.relay = owner.relayOf(credentials.uid);
    this.#inbox = owner.signals.openScreen(credentials.uid);
  }

  get credentials(): Credentials {
    return this.#tokens.credentials;
  }

  /** What the server says is its owner's screen. */
  noteShared(uid: Uid | null): void {
    if (uid === this.credentials.uid) this.#isKnown = true;
    else if (this.#isKnown) this.lose();
  }

  /** Ends the share for everyone: here at once, and at the server as soon as it can be told. Never rejects. */
  end(): void {
    if (this.#isOver) return;
    const { token } = this.#tokens;
    this.dispose();
    void this.#sayEnded(token);
  }

  /** Until the server knows, for as long as the owner is there: with them it ends by itself. */
  async #sayEnded(token: RtcToken): Promise<void> {
    const { signal } = this.#owner;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await deleteMember(token);
        return;
      } catch (error) {
        logWarning("The server could not be told that the screen is shared no more.", error);
        if (!(error instanceof AppError && mayPass(error))) return;
        await wait(backOffMs(failures, BACK_OFF), signal);
      }
    }
  }

  /** The server does not know it any more, or its owner's connection is over. */
  lose(): void {
    if (this.#isOver) return;
    this.dispose();
    this.#listener.onLost();
  }

  dispose(): void {
    this.#isOver = true;
    this.#tokens.dispose();
    this.#owner.signals.closeScreen(this.credentials.uid);
  }

  // Signalling

  get seat(): Seat | null {
    if (this.#isOver) return null;
    const { room, uid, token, iceServers, topology } = this.credentials;
    const { instance } = this.#owner;
    const { expiresAtMs } = this.#tokens;
    return { room, uid, instance, role: "screen", token, expiresAtMs, iceServers, topology };
  }

  get isConnected(): boolean {
    return this.#owner.isConnected();
  }

  get peers(): Peer[] {
    return this.#owner.peers().filter(({ uid }) => uid !== this.credentials.uid);
  }

  listen(listener: (event: SignallingEvent) => void): () => void {
    return this.#inbox.listen(listener);
  }

  send(to: Address, signal: unknown): void {
    this.#owner.signals.send(to, signal, this.credentials.uid);
  }

  /** A screen is nobody who waits for anyone. */
  leaveOffer(): void {
    // So it leaves none.
  }

  noteLinked(): void {
    // Nor is anyone drawn later for it.
  }

  async renewToken(token: RtcToken): Promise<void> {
    if (token !== this.#tokens.token) throw new AppError("token_invalid", "The token is for another screen.");
  }
}
