import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";
import { CLIENT_ADDRESS_HEADER, clientAddress } from "./client-address";

/** Answered with a description of several kilobytes. */
const RELAY_OFFER = /^\/api\/rooms\/[^/]+\/relay(\?|$)/;

/**
 * Has every request carry its caller's address: a route handler sees no socket. Node announces each request before
 * any of Next's code runs. Addresses that Next would fail on are made harmless here too, and short answers are not compressed.
 */
export function prepareRequests(trustedProxies: number): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    const { request } = message;
    if (!(request instanceof IncomingMessage)) return;
    request.headers[CLIENT_ADDRESS_HEADER] = clientAddress(
      request.socket.remoteAddress ?? "unknown",
      request.headers["x-forwarded-for"],
      trustedProxies,
    );
    if (request.url !== undefined) request.url = withReadablePath(request.url);
    if (isAnsweredShortly(request)) delete request.headers["accept-encoding"];
  });
}

/** Next compresses whatever it may: an answer of a few words costs more by it, and comes later. What only asks may get a long one. */
function isAnsweredShortly({ method, url = "" }: IncomingMessage): boolean {
  return method !== "GET" && method !== "HEAD" && !RELAY_OFFER.test(url);
}

/**
 * Next answers 500 to a path with a malformed percent-encoding, before any route is asked. Such a segment is taken as
 * it stands, character by character: the route then refuses it like any other wrong name.
 */
export function withReadablePath(url: string): string {
  const [path = "", ...query] = url.split("?");
  const segments = path.split("/").map((segment) => (isDecodable(segment) ? segment : segment.replaceAll("%", "%25")));
  return [segments.join("/"), ...query].join("?");
}

function isDecodable(segment: string): boolean {
  try {
    decodeURIComponent(segment);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
