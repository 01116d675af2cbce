import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import type { DropCounter } from "./drop-counter";
import type { PeerTransport } from "./peer-transport";
import { isStun, parseBindingRequest, type StunAddress } from "./stun-message";

/** A burst of key frames for everyone fits. Systems give what they allow. */
const SEND_BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * What comes while a handshake holds the thread up, and no more: where the machine is not fast enough, what is lost has the senders send
 * less, and what waits is only late (4 MB are 14 s of six people's packets).
 */
const RECEIVE_BUFFER_BYTES = 512 * 1024;

/** The one UDP port of all peers: whose a packet is, is known by ICE and from then on by where it comes from. */
export class UdpPort {
  readonly #socket: Socket;
  readonly #drops: DropCounter;
  readonly #isIpv6: boolean;
  readonly #byUfrag = new Map<string, PeerTransport>();
  readonly #byAddress = new Map<string, PeerTransport>();

  private constructor(socket: Socket, drops: DropCounter) {
    this.#socket = socket;
    this.#drops = drops;
    this.#isIpv6 = socket.address().family === "IPv6";
    socket.on("message", (packet, from) => this.#receive(packet, from));
    // Of one packet, to an address that cannot be reached from here: ICE finds out by itself.
    socket.on("error", () => drops.count("unknown-sender"));
  }

  /** @param wanted another one is taken where that is in use; 0: any */
  static async open(wanted: number, drops: DropCounter): Promise<UdpPort> {
    try {
      return new UdpPort(await bind(wanted), drops);
    } catch (error) {
      if (!isPortProblem(error)) throw error;
      return new UdpPort(await bind(0), drops);
    }
  }

  get port(): number {
    return this.#socket.address().port;
  }

  add(transport: PeerTransport): void {
    this.#byUfrag.set(transport.iceUfrag, transport);
  }

  remove(transport: PeerTransport): void {
    this.#byUfrag.delete(transport.iceUfrag);
    for (const [address, other] of this.#byAddress) if (other === transport) this.#byAddress.delete(address);
  }

  send(packet: Buffer, { address, port, family }: StunAddress): void {
    this.#socket.send(packet, port, family === "IPv4" && this.#isIpv6 ? `::ffff:${address}` : address);
  }

  close(): void {
    this.#socket.close();
  }

  #receive(packet: Buffer, from: RemoteInfo): void {
    const nowMs = performance.now();
    const key = `${from.address} ${from.port}`;
    if (!isStun(packet)) {
      const transport = this.#byAddress.get(key);
      if (transport) transport.receive(packet, nowMs);
      else this.#drops.count("unknown-sender");
      return;
    }
    const request = parseBindingRequest(packet);
    if (!request) {
      this.#drops.count("malformed");
      return;
    }
    const transport = this.#byUfrag.get(request.username.split(":")[0] ?? "");
    if (!transport) this.#drops.count("unknown-sender");
    else if (transport.receiveCheck(request, addressOf(from), nowMs)) this.#byAddress.set(key, transport);
  }
}

/** A socket for IPv6 and IPv4, or for IPv4 alone where the machine has no other. */
async function bind(port: number): Promise<Socket> {
  try {
    return await bindAs("udp6", port);
  } catch (error) {
    if (isPortProblem(error)) throw error;
    return bindAs("udp4", port);
  }
}

async function bindAs(type: "udp4" | "udp6", port: number): Promise<Socket> {
  const socket = createSocket({
    type,
    recvBufferSize: RECEIVE_BUFFER_BYTES,
    sendBufferSize: SEND_BUFFER_BYTES,
    // Addresses are numbers here: Node.js would else ask for each packet's in a turn of its own.
    lookup: (address, _options, found) => found(null, address, type === "udp6" ? 6 : 4),
  });
  try {
    // First, for the socket may be listening at once.
    const listening = once(socket, "listening");
    socket.bind(port);
    await listening;
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

function isPortProblem(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");
}

/** An IPv4 address comes to a socket of both kinds as `::ffff:a.b.c.d`; what its owner is told is its own form. */
function addressOf({ address, port, family }: RemoteInfo): StunAddress {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped === undefined ? { address, port, family } : { address: mapped, port, family: "IPv4" };
}
