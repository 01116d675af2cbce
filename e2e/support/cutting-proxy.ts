import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type LoopbackServer, listenOnLoopback } from "./loopback";

interface Cut {
  /** How many events came by the stream before it was cut. */
  events: number;
  /** Whether it was cut within the next one, and not before it. */
  isWithinEvent: boolean;
}

export interface CuttingProxy extends LoopbackServer {
  /** What it did so far. */
  cuts: readonly Cut[];
  /** From here on streams are let through whole. */
  mend(): void;
}

const EVENTS = /^\/api\/rooms\/[^/]+\/events\?/;

/** What comes within so much time came at once. Milliseconds. */
const AT_ONCE_MS = 20;

/**
 * Stands between a browser and a server, and cuts each stream of events as soon as any came by it: half of those that came at once
 * go through, and by turns half of the next. (Each cut is itself news to the room: of a fixed number of events the reader would
 * fall ever further behind.)
 */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const cuts: Cut[] = [];
  let isCutting = true;
  const server = createServer((incoming, outgoing) => {
    const options = { method: incoming.method, headers: { ...incoming.headers, "accept-encoding": "identity" } };
    const forwarded = request(new URL(incoming.url ?? "/", target), options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      if (isCutting && answer.statusCode === 200 && EVENTS.test(incoming.url ?? "")) cut(answer, outgoing);
      else answer.pipe(outgoing);
    });
    forwarded.on("error", (error) => outgoing.destroy(error));
    outgoing.on("close", () => forwarded.destroy());
    incoming.pipe(forwarded);
  });

  const cut = (answer: IncomingMessage, outgoing: ServerResponse) => {
    let text = "";
    let deadline: NodeJS.Timeout | undefined;
    answer.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      deadline ??= setTimeout(() => {
        answer.destroy();
        const ends = Array.from(text.matchAll(/\n\n/g), ({ index }) => index + 2);
        const events = Math.ceil(ends.length / 2);
        const [end = 0, next] = ends.slice(Math.max(0, events - 1));
        const isWithinEvent = cuts.length % 2 === 1 && next !== undefined;
        cuts.push({ events, isWithinEvent });
        outgoing.write(text.slice(0, isWithinEvent ? (end + next) / 2 : end), () => outgoing.destroy());
      }, AT_ONCE_MS);
    });
    answer.on("close", () => {
      if (!deadline) outgoing.destroy();
    });
    outgoing.on("close", () => clearTimeout(deadline));
  };

  return {
    ...(await listenOnLoopback(server)),
    cuts,
    mend() {
      isCutting = false;
    },
  };
}
