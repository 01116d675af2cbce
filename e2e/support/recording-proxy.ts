import { createServer, request } from "node:http";
import { type LoopbackServer, listenOnLoopback } from "./loopback";

export interface RecordingProxy extends LoopbackServer {
  /** All that was answered so far, headers and bodies, each under what was asked; streams up to where they are. */
  answers: ReadonlyMap<string, string>;
}

/** Stands between a browser and a server, changes nothing but the encoding, and keeps all that the server says. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const answers = new Map<string, string>();
  let asked = 0;
  const server = createServer((incoming, outgoing) => {
    const key = `${++asked} ${incoming.method} ${incoming.url}`;
    const options = { method: incoming.method, headers: { ...incoming.headers, "accept-encoding": "identity" } };
    const forwarded = request(new URL(incoming.url ?? "/", target), options, (answer) => {
      answers.set(key, answer.rawHeaders.join("\n"));
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on("data", (chunk: Buffer) => answers.set(key, `${answers.get(key)}${chunk.toString("latin1")}`));
      answer.pipe(outgoing);
    });
    forwarded.on("error", (error) => outgoing.destroy(error));
    outgoing.on("close", () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  return { ...(await listenOnLoopback(server)), answers };
}
