import { createHash, verify, X509Certificate } from "node:crypto";
import { DtlsServer, type RTCCertificate } from "werift";
import type { Fingerprint } from "./offer";
import type { MasterKey } from "./srtp-keys";

/** AEAD_AES_128_GCM (RFC 7714 §14.2), which every browser has. */
const SRTP_PROFILE = 7;
const KEY_BYTES = 16;
const SALT_BYTES = 12;

const Handshake = { clientHello: 1, certificate: 11, certificateVerify: 15, clientKeyExchange: 16 } as const;
const CLIENT_FLIGHT = 5;
type HandshakeMessage = Parameters<DtlsServer["onHandleHandshakes"]>[0][number];

export interface DtlsHandlers {
  send(packet: Buffer): void;
  onConnected(keys: { local: MasterKey; remote: MasterKey }): void;
  /** It will never be connected. */
  onRefused(reason: string): void;
  onClosed(): void;
}

/**
 * The DTLS of one peer, in the server's part (RFC 5764). werift speaks it but believes what it is told: that the other end
 * has the key of the certificate which it shows (RFC 5246 §7.4.8) is checked here, over the very messages that the keys are
 * made of, and that the certificate is the one whose fingerprint came with the offer.
 */
export class DtlsSession {
  readonly #server: DtlsServer;
  readonly #wire;
  readonly #fingerprints: readonly Fingerprint[];
  readonly #handlers: DtlsHandlers;
  #state: "handshake" | "connected" | "ended" = "handshake";

  constructor(certificate: RTCCertificate, fingerprints: readonly Fingerprint[], handlers: DtlsHandlers) {
    this.#fingerprints = fingerprints;
    this.#handlers = handlers;
    this.#wire = {
      type: "udp",
      address: { address: "0.0.0.0", family: "IPv4", port: 0 },
      closed: false,
      onData: (_packet: Buffer, _from: readonly [string, number]): void => undefined,
      send: (packet: Buffer) => {
        if (this.#state !== "ended") handlers.send(packet);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
    this.#server = new DtlsServer({
      cert: certificate.certPem,
      key: certificate.privateKey,
      signatureHash: certificate.signatureHash,
      transport: this.#wire,
      srtpProfiles: [SRTP_PROFILE],
      extendedMasterSecret: true,
      certificateRequest: true,
    });
    const handle = this.#server.onHandleHandshakes;
    this.#server.onHandleHandshakes = (messages) => handle(messages.filter((message) => this.#isWelcome(message)));
    this.#server.onConnect.subscribe(() => this.#connect());
    this.#server.onError.subscribe((error) => this.#refuse(`the handshake failed: ${String(error)}`));
    this.#server.onClose.subscribe(() => this.#endBy(() => handlers.onClosed()));
  }

  /** @returns `false` for what is no DTLS */
  receive(packet: Buffer): boolean {
    if (this.#state === "ended" || !isWhole(packet)) return false;
    this.#wire.onData(packet, ["", 0]);
    return true;
  }

  close(): void {
    this.#state = "ended";
  }

  /**
   * A second message of a kind would take the first one's place after that was signed. What is just repeated is let
   * through; it may have been lost the first time.
   */
  #isWelcome(message: HandshakeMessage): boolean {
    if (this.#state === "ended") return false;
    // A new handshake would be with nobody knows whom.
    if (message.msg_type === Handshake.clientHello) return this.#state === "handshake";
    const before = this.#ofClient(message.msg_type);
    return before === undefined || before.fragment.equals(message.fragment);
  }

  /** werift keeps what the client signs, and its own messages of the same types, by flight (RFC 6347 §4.2.4). */
  #ofClient(type: number): HandshakeMessage | undefined {
    return this.#server.dtls.handshakeCache[CLIENT_FLIGHT]?.data.find(({ msg_type }) => msg_type === type);
  }

  #connect(): void {
    if (this.#state !== "handshake") return;
    const problem = this.#problem();
    if (problem !== undefined) {
      this.#refuse(problem);
      return;
    }
    this.#state = "connected";
    const keys = this.#server.extractSessionKeys(KEY_BYTES, SALT_BYTES);
    this.#handlers.onConnected({
      local: { key: Buffer.from(keys.localKey), salt: Buffer.from(keys.localSalt) },
      remote: { key: Buffer.from(keys.remoteKey), salt: Buffer.from(keys.remoteSalt) },
    });
  }

  #problem(): string | undefined {
    if (this.#server.srtp.srtpProfile !== SRTP_PROFILE) return "no SRTP profile was agreed on";
    if (!this.#server.dtls.remoteExtendedMasterSecret) return "it has no extended master secret";
    const certificate = certificateOf(this.#ofClient(Handshake.certificate)?.fragment);
    const signature = this.#ofClient(Handshake.certificateVerify)?.fragment;
    if (!certificate || !signature) return "it showed no certificate";
    if (!this.#fingerprints.some((announced) => isOf(certificate, announced))) {
      return "its certificate is not the one that the offer named";
    }
    const messages = this.#server.dtls.sortedHandshakeCache;
    const end = messages.findIndex(({ msg_type }) => msg_type === Handshake.certificateVerify);
    const transcript = Buffer.concat(messages.slice(0, end).map((message) => message.serialize()));
    return isSigned(transcript, signature, certificate) ? undefined : "it does not have its certificate's key";
  }

  #refuse(reason: string): void {
    if (this.#state !== "handshake") return;
    this.#endBy(() => this.#handlers.onRefused(reason));
  }

  #endBy(tell: () => void): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    tell();
  }
}

/** RFC 6347 §4.1: records, each with its length. werift takes that for granted. */
function isWhole(packet: Buffer): boolean {
  let at = 0;
  while (at < packet.length) {
    if (at + 13 > packet.length) return false;
    at += 13 + packet.readUInt16BE(at + 11);
  }
  return at === packet.length && at > 0;
}

/** RFC 5246 §7.4.2: the first of the list. */
function certificateOf(message: Buffer | undefined): X509Certificate | undefined {
  if (!message || message.length < 6) return undefined;
  const length = message.readUIntBE(3, 3);
  try {
    return new X509Certificate(message.subarray(6, 6 + length));
  } catch {
    // Not one at all: whoever sent it is refused.
    return undefined;
  }
}

function isOf(certificate: X509Certificate, { algorithm, value }: Fingerprint): boolean {
  const hash = { "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512" }[algorithm];
  if (hash === undefined) return false;
  const digest = createHash(hash).update(certificate.raw).digest("hex").toUpperCase();
  return digest === value.replaceAll(":", "");
}

/** RFC 5246 §7.4.8, §4.7. */
function isSigned(transcript: Buffer, message: Buffer, { publicKey }: X509Certificate): boolean {
  if (message.length < 4) return false;
  const hash = { 4: "sha256", 5: "sha384", 6: "sha512" }[message.readUInt8(0)];
  const isRightKey = { 1: "rsa", 3: "ec" }[message.readUInt8(1)] === publicKey.asymmetricKeyType;
  if (hash === undefined || !isRightKey) return false;
  const signature = message.subarray(4, 4 + message.readUInt16BE(2));
  return verify(hash, transcript, publicKey, signature);
}
