import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import type { Tally } from "./tally";

interface CallOptions {
  token?: string;
  body?: unknown;
}

export interface Answer {
  status: number;
  /** `undefined` when there is none. */
  body: unknown;
  retryAfter: string | undefined;
}

/** Calls one server as browsers do: connections that are kept, and one of its own for each stream. */
export class HttpClient {
  readonly #url: string;
  readonly #tally: Tally;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 128 });

  constructor(url: string, tally: Tally) {
    this.#url = url;
    this.#tally = tally;
  }

  /** @param what the name that its duration is kept under */
  async call(what: string, method: string, path: string, { token, body }: CallOptions = {}): Promise<Answer> {
    const startedAtMs = performance.now();
    const response = await this.#send(method, path, { token, body }, this.#agent);
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    this.#tally.add(what, performance.now() - startedAtMs);
    const { statusCode: status = 0, headers } = response;
    return { status, body: text === "" ? undefined : JSON.parse(text), retryAfter: headers["retry-after"] };
  }

  /** A stream of events, open until it is destroyed. */
  async openStream(path: string, token: string): Promise<IncomingMessage> {
    const startedAtMs = performance.now();
    const response = await this.#send("GET", path, { token }, false);
    this.#tally.add("open the stream", performance.now() - startedAtMs);
    return response;
  }

  async text(path: string, token: string): Promise<string> {
    const response = await this.#send("GET", path, { token }, this.#agent);
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    return text;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #send(
    method: string,
    path: string,
    { token, body }: { token?: string | undefined; body?: unknown },
    agent: Agent | false,
  ): Promise<IncomingMessage> {
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers: Record<string, string | number> = {};
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    if (bytes) Object.assign(headers, { "content-type": "application/json", "content-length": bytes.length });
    for (;;) {
      const sent = request(this.#url + path, { method, agent, headers });
      sent.end(bytes);
      try {
        const [response] = (await once(sent, "response")) as [IncomingMessage];
        return response;
      } catch (error) {
        // A connection that was kept, and that the server closed at this moment: browsers, too, take another (RFC 9110 §9.2.2).
        if (!sent.reusedSocket) throw error;
      }
    }
  }
}
