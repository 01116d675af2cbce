import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";

/** A year (RFC 6797 §6.1). This host alone: what is on its subdomains is not this app's to say. */
const HSTS = `max-age=${365 * 86_400}`;

/**
 * Whoever has come here by HTTPS comes by HTTPS from then on: over the server's own TLS, or a proxy's that says so. A caller
 * who says so without being believed learns nothing: browsers heed the header over HTTPS only.
 */
export function requireHttpsLater(trustedProxies: number): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message && "response" in message)) return;
    const { request, response } = message;
    if (!(request instanceof IncomingMessage && response instanceof ServerResponse)) return;
    const isHttps = request.socket instanceof TLSSocket || (trustedProxies > 0 && isForwardedHttps(request));
    if (isHttps) response.setHeader("strict-transport-security", HSTS);
  });
}

function isForwardedHttps({ headers }: IncomingMessage): boolean {
  const [first = ""] = [headers["x-forwarded-proto"] ?? ""].flat().join(",").split(",");
  return first.trim().toLowerCase() === "https";
}
