import { once } from "node:events";
import { createServer, request } from "node:http";

export interface RecordingProxy {
  /** `http://127.0.0.1:PORT`, in the place of the server's own. */
  url: string;
  /** All that was answered so far, headers and bodies, each under what was asked; streams up to where they are. */
  answers: ReadonlyMap<string, string>;
  stop(): Promise<void>;
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
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A TCP server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    answers,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
