import { Agent, type ClientRequest, get } from "node:http";
import { createParser } from "eventsource-parser";

/** Every stream has a connection of its own, as every page's has. */
const AGENT = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });

/** An open event stream, read as it comes. */
export class StreamReader {
  readonly #request: ClientRequest;
  #isClosed = false;

  private constructor(sent: ClientRequest) {
    this.#request = sent;
  }

  /** @returns when its first bytes have come @throws {Error} when it is refused */
  static open(
    url: string,
    { token, onEvent }: { token?: string; onEvent?: (type: string, data: string) => void } = {},
  ): Promise<StreamReader> {
    return new Promise((resolve, reject) => {
      const parser = createParser({ onEvent: ({ event = "message", data }) => onEvent?.(event, data) });
      const sent = get(url, { agent: AGENT, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
      const reader = new StreamReader(sent);
      sent.on("response", (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}.`));
        response.setEncoding("utf8").on("data", (text: string) => {
          resolve(reader);
          parser.feed(text);
        });
        response.on("error", (error) => reader.#onError(error));
      });
      sent.on("error", (error) => {
        reject(error);
        reader.#onError(error);
      });
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#request.destroy();
  }

  #onError(error: Error): void {
    if (!this.#isClosed) throw error;
  }
}
