import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import * as v from "valibot";
import type { Orders } from "./orders";
import { checkToken, type TokenKeys, type TokenProblem } from "./tokens";

const CODES: Record<TokenProblem, number> = { "unknown-app": 2_010_005, invalid: 2_010_009, expired: 2_010_013 };

/** Which flag answers which service. */
const FLAGS = new Map([
  [11, 4_096],
  [18, 1_048_576],
  [20, 4_194_304],
  [26, 4_194_310],
]);
const GATEWAY_SERVICE = 11;

const ChooseServer = v.object({
  appid: v.string(),
  opid: v.number(),
  request_bodies: v.array(
    v.object({
      uri: v.number(),
      buffer: v.object({
        cname: v.string(),
        key: v.string(),
        uid: v.nullish(v.number()),
        service_ids: v.array(v.number()),
      }),
    }),
  ),
});

/** Where a client asks which edge it may join. */
export class AccessPoint {
  /** Of the edge. */
  port = 0;
  readonly #keys: TokenKeys;
  readonly #orders: Orders;

  constructor(options: { keys: TokenKeys; orders: Orders }) {
    this.#keys = options.keys;
    this.#orders = options.orders;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#orders.isSignallingDown) {
      request.socket.destroy();
      return;
    }
    response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
    response.setHeader("access-control-allow-headers", request.headers["access-control-request-headers"] ?? "*");
    response.setHeader("access-control-allow-methods", "*");
    if (request.method === "OPTIONS") {
      response.end();
      return;
    }
    const body = await readBody(request);
    await delay(this.#orders.answerAfterMs);
    const isJoin = request.url?.startsWith("/api/v2/transpond/webrtc") ?? false;
    response.setHeader("content-type", "application/json");
    // Everything else is statistics and configuration.
    response.end(JSON.stringify(isJoin ? this.#choose(body) : { code: 0 }));
  }

  #choose(body: string): unknown {
    const asked = v.parse(ChooseServer, JSON.parse(formField(body, "request")));
    return {
      enter_ts: Date.now(),
      leave_ts: Date.now(),
      opid: asked.opid,
      detail: { 502: "127.0.0.1" },
      response_body: asked.request_bodies.flatMap(({ buffer }) =>
        buffer.service_ids.map((service) => ({
          uri: 23,
          buffer: {
            code: this.#orders.refuseWith ?? this.#codeFor(asked.appid, buffer),
            flag: FLAGS.get(service) ?? 0,
            cert: "double",
            cid: 1,
            cname: buffer.cname,
            uid: buffer.uid ?? 0,
            detail: { 8: "1" },
            edges_services: service === GATEWAY_SERVICE ? [{ ip: "127.0.0.1", port: this.port }] : [],
          },
        })),
      ),
    };
  }

  #codeFor(
    appId: string,
    { cname, key, uid }: { cname: string; key: string; uid?: number | null | undefined },
  ): number {
    const check = checkToken(key, { appId, channel: cname, uid: uid ?? 0 }, this.#keys);
    return check.isValid ? 0 : CODES[check.problem];
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** One field of a multipart form (RFC 7578), which the SDK sends with nothing else around it. */
function formField(body: string, name: string): string {
  const part = body.split(/\r\n(?=--)|^(?=--)/).find((text) => text.includes(`name="${name}"`));
  const value = part?.slice(part.indexOf("\r\n\r\n") + 4);
  if (!value) throw new Error(`The form has no field ${name}.`);
  return value;
}
