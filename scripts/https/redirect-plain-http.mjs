// @ts-check
import { createServer } from "node:http";

/** The first byte of every TLS connection: a handshake record (RFC 8446 §5.1). */
const TLS_HANDSHAKE = 0x16;
const FIRST_BYTE_TIMEOUT_MS = 10_000;
/** A server that does not listen itself has none of Node's clocks for slow senders. */
const PLAIN_REQUEST_TIMEOUT_MS = 10_000;

/**
 * Has a server for HTTPS answer plain HTTP on the same port with the way to HTTPS: who types `192.168.1.5:3443` on a
 * phone has asked for `http://`, and would see an empty page.
 *
 * @param {import("node:https").Server} server before it listens
 */
export function redirectPlainHttp(server) {
  const plain = createServer((request, response) => {
    const { host } = request.headers;
    response.shouldKeepAlive = false;
    if (host) response.writeHead(308, { location: `https://${host}${request.url}` });
    else response.writeHead(400);
    response.end();
  });
  const takeTls = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (/** @type {import("node:net").Socket} */ socket) => {
    const giveUp = () => socket.destroy();
    socket.setTimeout(FIRST_BYTE_TIMEOUT_MS, giveUp);
    // Until one of the two servers has the socket: a caller that is gone is nothing to tell anyone.
    socket.once("error", giveUp);
    socket.once("data", (/** @type {Buffer} */ chunk) => {
      socket.off("error", giveUp).off("timeout", giveUp).setTimeout(0);
      socket.pause();
      socket.unshift(chunk);
      if (chunk[0] === TLS_HANDSHAKE) for (const take of takeTls) take.call(server, socket);
      else {
        const tooSlow = setTimeout(giveUp, PLAIN_REQUEST_TIMEOUT_MS);
        socket.once("close", () => clearTimeout(tooSlow));
        plain.emit("connection", socket);
        socket.resume();
      }
    });
  });
}
