import { X509Certificate } from "node:crypto";
import { type RTCCertificate, RTCDtlsTransport } from "werift";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { RelayNotice, RelaySlot } from "@/lib/contracts/relay";
import { DropCounter } from "./drop-counter";
import type { RelayFigures } from "./messages";
import { type PeerAddress, RelayPeer } from "./relay-peer";
import { RoomRelay } from "./room-relay";
import { UdpPort } from "./udp-port";

/** What is asked for is answered, and what is missing asked for, within so long. */
const TICK_MS = 20;

interface CoreHandlers {
  onNotice(to: PeerAddress, notice: RelayNotice): void;
  /** For the log. */
  onEnded(peer: PeerAddress, reason: string): void;
}

/** A selective forwarding unit (RFC 7667 §3.7) for many rooms, on one UDP port. Knows nothing of tokens and members. */
export class RelayCore {
  readonly #port: UdpPort;
  readonly #certificate: RTCCertificate;
  readonly #fingerprint: string;
  readonly #drops: DropCounter;
  readonly #handlers: CoreHandlers;
  readonly #rooms = new Map<string, RoomRelay>();
  readonly #clock: NodeJS.Timeout;

  private constructor(port: UdpPort, certificate: RTCCertificate, drops: DropCounter, handlers: CoreHandlers) {
    this.#port = port;
    this.#certificate = certificate;
    this.#fingerprint = new X509Certificate(certificate.certPem).fingerprint256;
    this.#drops = drops;
    this.#handlers = handlers;
    this.#clock = setInterval(() => this.#tick(), TICK_MS);
  }

  /** @param port another one is taken where it is in use */
  static async start(port: number, handlers: CoreHandlers): Promise<RelayCore> {
    const drops = new DropCounter();
    const certificate = await RTCDtlsTransport.SetupCertificate();
    return new RelayCore(await UdpPort.open(port, drops), certificate, drops, handlers);
  }

  get port(): number {
    return this.#port.port;
  }

  get drops(): DropCounter["counts"] {
    return this.#drops.counts;
  }

  /**
   * Answers a page's offer.
   *
   * @param addresses of this machine, as the page may reach it
   * @throws {UnusableOffer}
   */
  open(address: PeerAddress, sdp: string, wishes: readonly RelaySlot[], addresses: readonly string[]): string {
    const room = this.#rooms.get(address.room) ?? new RoomRelay();
    const peer = new RelayPeer({
      address,
      sdp,
      certificate: this.#certificate,
      fingerprint: this.#fingerprint,
      candidates: addresses.map((each) => ({ address: each, port: this.port })),
      drops: this.#drops,
      nowMs: performance.now(),
      handlers: {
        send: (packet, to) => this.#port.send(packet, to),
        onConnected: () => room.noteConnected(peer, performance.now()),
        onEnded: (reason) => {
          this.#close(peer);
          this.#handlers.onEnded(address, reason);
        },
        onNotice: (notice) => this.#handlers.onNotice(address, notice),
      },
    });
    peer.downlink.ask(wishes);
    this.#rooms.set(address.room, room);
    for (const before of room.add(peer)) this.#replace(before);
    this.#port.add(peer.transport);
    return peer.answer;
  }

  /** @returns whether there is such a connection */
  ask({ room, uid, connection }: PeerAddress, wishes: readonly RelaySlot[], seq: number): boolean {
    const peer = this.#rooms.get(room)?.find(uid, connection);
    peer?.ask(wishes, seq);
    return peer !== undefined;
  }

  /** Somebody is no member any more: not one packet of theirs goes on, nor any to them. */
  remove(room: RoomName, uid: Uid): void {
    for (const peer of this.#rooms.get(room)?.of(uid) ?? []) this.#close(peer);
  }

  stop(): void {
    clearInterval(this.#clock);
    for (const room of this.#rooms.values()) for (const peer of room.peers) this.#close(peer);
    this.#port.close();
  }

  /** For measuring and tests: what each downlink bears and carries, in bits a second. */
  get figures() {
    return [...this.#rooms.values()].flatMap((room) =>
      room.peers.map(({ address, downlink }) => ({ ...address, ...downlink.figures, flow: downlink.flow })),
    );
  }

  /** All connections together. */
  get summary(): RelayFigures {
    const { figures } = this;
    const known = figures.filter(({ isKnown }) => isKnown).map(({ estimate }) => estimate);
    return {
      connections: figures.length,
      sent: figures.reduce((sum, { sent }) => sum + sent, 0),
      leastDownlink: known.length === 0 ? null : Math.min(...known),
      dropped: this.#drops.counts,
    };
  }

  #tick(): void {
    const nowMs = performance.now();
    for (const room of this.#rooms.values()) {
      room.tick(nowMs);
      for (const before of room.outlived(nowMs)) this.#replace(before);
    }
  }

  #replace(peer: RelayPeer): void {
    this.#close(peer);
    this.#handlers.onEnded(peer.address, "another took its place");
  }

  #close(peer: RelayPeer): void {
    peer.close();
    this.#port.remove(peer.transport);
    const room = this.#rooms.get(peer.address.room);
    room?.remove(peer);
    if (room?.isEmpty) this.#rooms.delete(peer.address.room);
  }
}
