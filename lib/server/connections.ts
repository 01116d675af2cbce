import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { Server as HttpServer } from "node:http";
import { Server as HttpsServer } from "node:https";
import { Socket } from "node:net";
import { clientAddress } from "./client-address";

/** A request's head, and all of it, have so long to come. Node looks every 30 s, so that it may be so much more. */
const HEADERS_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** An office of some hundreds, each with as many as browsers open (six), does not come near it. */
const MAX_PER_ADDRESS = 2_000;

/**
 * Bounds what can be held by sockets alone, before any call is counted: senders that take their time, and how many an address
 * has open. What Next leaves as Node has it is a minute for a head and five for a body, of any number.
 *
 * @param isCounted by address: only where no proxy stands in front, whose address they would all have
 */
export function guardConnections(isCounted: boolean): void {
  const counts = new Map<string, number>();
  subscribe("net.server.socket", (message) => {
    if (typeof message !== "object" || message === null || !("socket" in message)) return;
    const { socket } = message;
    if (!(socket instanceof Socket)) return;
    const server: unknown = Reflect.get(socket, "server");
    if (!(server instanceof HttpServer || server instanceof HttpsServer)) return;
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    if (isCounted) count(counts, socket);
  });
}

function count(counts: Map<string, number>, socket: Socket): void {
  const address = clientAddress(socket.remoteAddress ?? "unknown", undefined, 0);
  const open = (counts.get(address) ?? 0) + 1;
  if (open > MAX_PER_ADDRESS) {
    socket.destroy();
    return;
  }
  counts.set(address, open);
  socket.once("close", () => {
    const left = (counts.get(address) ?? 1) - 1;
    if (left === 0) counts.delete(address);
    else counts.set(address, left);
  });
}
