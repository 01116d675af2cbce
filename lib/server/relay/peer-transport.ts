import { randomBytes } from "node:crypto";
import type { RTCCertificate } from "werift";
import type { DropCounter } from "./drop-counter";
import { DtlsSession } from "./dtls-session";
import type { Fingerprint } from "./offer";
import { isRtcp } from "./rtp-packet";
import { SrtcpReceiver, SrtcpSender } from "./srtcp-context";
import { SrtpReceiver, SrtpSender } from "./srtp-context";
import { type MasterKey, rtcpSessionKey, rtpSessionKey } from "./srtp-keys";
import { type BindingRequest, bindingSuccess, isSignedWith, type StunAddress } from "./stun-message";

/** RFC 7675 §5.1: who has not asked for so long does not want any more. */
const CONSENT_MS = 30_000;
/** From the offer to the first genuine check, and from that to the end of the DTLS handshake. */
const CONNECT_MS = 30_000;

export interface TransportHandlers {
  send(packet: Buffer, to: StunAddress): void;
  onConnected(): void;
  onRtp(packet: Buffer, nowMs: number): void;
  onRtcp(compound: Buffer, nowMs: number): void;
  onEnded(reason: string): void;
}

interface Security {
  rtpOut: SrtpSender;
  rtpIn: SrtpReceiver;
  rtcpOut: SrtcpSender;
  rtcpIn: SrtcpReceiver;
}

/** One page's way here: an ICE-lite agent (RFC 8445 §2.5), the DTLS server behind it, SRTP both ways. */
export class PeerTransport {
  readonly iceUfrag = randomBytes(8).toString("hex");
  readonly icePwd = randomBytes(24).toString("hex");
  readonly #username: string;
  readonly #dtls: DtlsSession;
  readonly #handlers: TransportHandlers;
  readonly #drops: DropCounter;
  #peer: StunAddress | undefined;
  #security: Security | undefined;
  /** When it was checked last that the way is there. */
  #checkedAtMs: number;
  #heardAtMs: number;
  #isEnded = false;

  constructor(options: {
    remoteUfrag: string;
    fingerprints: readonly Fingerprint[];
    certificate: RTCCertificate;
    drops: DropCounter;
    nowMs: number;
    handlers: TransportHandlers;
  }) {
    this.#username = `${this.iceUfrag}:${options.remoteUfrag}`;
    this.#handlers = options.handlers;
    this.#drops = options.drops;
    this.#checkedAtMs = options.nowMs;
    this.#heardAtMs = options.nowMs;
    this.#dtls = new DtlsSession(options.certificate, options.fingerprints, {
      send: (packet) => this.#send(packet),
      onConnected: (keys) => this.#secure(keys),
      onRefused: (reason) => this.#end(reason),
      onClosed: () => this.#end("the page closed it"),
    });
  }

  get isConnected(): boolean {
    return this.#security !== undefined && !this.#isEnded;
  }

  /** When anything genuine came of the page last. */
  get heardAtMs(): number {
    return this.#heardAtMs;
  }

  /** @returns whether it is genuine: only then is its sender's address this peer's */
  receiveCheck(request: BindingRequest, from: StunAddress, nowMs: number): boolean {
    if (this.#isEnded || request.username !== this.#username || !isSignedWith(request, this.icePwd)) {
      this.#drops.count("bad-stun-signature");
      return false;
    }
    this.#checkedAtMs = nowMs;
    this.#heardAtMs = nowMs;
    // The controlling end tries several paths and uses the one that it nominates (RFC 8445 §8.1.1).
    if (!this.#peer || request.isNomination) this.#peer = from;
    this.#handlers.send(bindingSuccess(request, from, this.icePwd), from);
    return true;
  }

  /** Whatever is not STUN, from an address that is this peer's (RFC 7983). */
  receive(packet: Buffer, nowMs: number): void {
    if (this.#isEnded) return;
    const first = packet[0] ?? 0;
    if (first >= 20 && first <= 63) {
      if (!this.#dtls.receive(packet)) this.#drops.count("malformed");
    } else if (first >= 128 && first <= 191) {
      if (this.#security) this.#receiveMedia(packet, this.#security, nowMs);
      else this.#drops.count("before-dtls");
    } else {
      this.#drops.count("malformed");
    }
  }

  /**
   * @param packet in the clear
   * @returns what went out, to be sent again if it is lost; `undefined`: nothing did
   */
  sendRtp(packet: Buffer): Buffer | undefined {
    const sealed = this.#security?.rtpOut.protect(packet);
    if (sealed) this.#send(sealed);
    return sealed;
  }

  /** @param sealed what `sendRtp` gave */
  sendAgain(sealed: Buffer): void {
    if (this.#security) this.#send(sealed);
  }

  /** @param compound in the clear */
  sendRtcp(compound: Buffer): void {
    if (this.#security) this.#send(this.#security.rtcpOut.protect(compound));
  }

  /** Ends it when the other end was silent for too long. */
  checkClocks(nowMs: number): void {
    const limitMs = this.#security ? CONSENT_MS : CONNECT_MS;
    if (!this.#isEnded && nowMs - this.#checkedAtMs > limitMs) this.#end("nothing was heard of it");
  }

  /** Not a packet goes out or is read from now on. */
  close(): void {
    this.#isEnded = true;
    this.#security = undefined;
    this.#peer = undefined;
    this.#dtls.close();
  }

  #receiveMedia(packet: Buffer, { rtpIn, rtcpIn }: Security, nowMs: number): void {
    const isControl = isRtcp(packet);
    const clear = isControl ? rtcpIn.unprotect(packet) : rtpIn.unprotect(packet);
    if (!clear) {
      this.#drops.count("not-authentic");
      return;
    }
    this.#heardAtMs = nowMs;
    if (isControl) this.#handlers.onRtcp(clear, nowMs);
    else this.#handlers.onRtp(clear, nowMs);
  }

  #secure({ local, remote }: { local: MasterKey; remote: MasterKey }): void {
    this.#security = {
      rtpOut: new SrtpSender(rtpSessionKey(local)),
      rtpIn: new SrtpReceiver(rtpSessionKey(remote)),
      rtcpOut: new SrtcpSender(rtcpSessionKey(local)),
      rtcpIn: new SrtcpReceiver(rtcpSessionKey(remote)),
    };
    this.#handlers.onConnected();
  }

  #send(packet: Buffer): void {
    if (this.#peer && !this.#isEnded) this.#handlers.send(packet, this.#peer);
  }

  #end(reason: string): void {
    if (this.#isEnded) return;
    this.close();
    this.#handlers.onEnded(reason);
  }
}
