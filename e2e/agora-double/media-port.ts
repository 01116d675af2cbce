import type { RemoteInfo, Socket } from "node:dgram";
import { isStunMessage, parseMessage, type RTCCertificate } from "werift";
import { Forwarding } from "./forwarding";
import { MediaSession, type PeerFingerprint } from "./media-session";
import type { Orders } from "./orders";

type Address = readonly [host: string, port: number];

/** One UDP port for the media of everyone: which session a packet belongs to is known by ICE, then by where it is from. */
export class MediaPort {
  readonly forwarding = new Forwarding();
  readonly #socket: Socket;
  readonly #certificate: RTCCertificate;
  readonly #orders: Orders;
  readonly #byUfrag = new Map<string, MediaSession>();
  readonly #byAddress = new Map<string, MediaSession>();

  constructor(options: { socket: Socket; certificate: RTCCertificate; orders: Orders }) {
    this.#socket = options.socket;
    this.#certificate = options.certificate;
    this.#orders = options.orders;
    this.#socket.on("message", (packet, from) => this.#receive(packet, from));
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Of the certificate that everyone's DTLS is served with. */
  get fingerprints() {
    return this.#certificate.getFingerprints().map(({ algorithm, value }) => ({ algorithm, fingerprint: value }));
  }

  open(uid: number, fingerprints: readonly PeerFingerprint[]): MediaSession {
    const session = new MediaSession({
      uid,
      fingerprints,
      certificate: this.#certificate,
      address: { address: "127.0.0.1", family: "IPv4", port: this.port },
      send: (packet, to) => this.#send(uid, packet, to),
      onRtp: (packet) => this.forwarding.forwardRtp(session, packet),
      onRtcp: (packets) => this.forwarding.forwardRtcp(session, packets),
    });
    this.#byUfrag.set(session.ice.iceUfrag, session);
    return session;
  }

  /** New ICE parameters for a session (RFC 8445 §9); what was agreed over DTLS stays. */
  restartIce(session: MediaSession): void {
    this.#byUfrag.delete(session.ice.iceUfrag);
    session.restartIce();
    this.#byUfrag.set(session.ice.iceUfrag, session);
  }

  release(session: MediaSession): void {
    session.close();
    this.forwarding.forget(session);
    this.#byUfrag.delete(session.ice.iceUfrag);
    for (const [address, other] of this.#byAddress) if (other === session) this.#byAddress.delete(address);
  }

  close(): void {
    this.forwarding.close();
    this.#socket.close();
  }

  #receive(packet: Buffer, from: RemoteInfo): void {
    const key = `${from.address}:${from.port}`;
    const address: Address = [from.address, from.port];
    if (isStunMessage(packet)) {
      const username = String(parseMessage(packet)?.getAttributeValue("USERNAME") ?? "");
      const session = this.#byUfrag.get(username.split(":")[0] ?? "");
      if (!session || this.#isDown(session.uid)) return;
      this.#byAddress.set(key, session);
      session.receiveStun(packet, address);
      return;
    }
    const session = this.#byAddress.get(key);
    if (session && !this.#isDown(session.uid)) session.receive(packet, address);
  }

  #send(uid: number, packet: Buffer, to: Address): void {
    if (!this.#isDown(uid)) this.#socket.send(packet, to[1], to[0]);
  }

  #isDown(uid: number): boolean {
    const { mediaDownFor } = this.#orders;
    return mediaDownFor === "all" || mediaDownFor.has(uid);
  }
}
