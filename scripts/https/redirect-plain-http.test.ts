import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request as requestPlain } from "node:http";
import { createServer, request, type Server } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { certificateFor } from "./certificate.mjs";
import { redirectPlainHttp } from "./redirect-plain-http.mjs";

let server: Server;
let port: number;
let pem: string;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "mychat-https-"));
  ({ pem } = await certificateFor({ file: join(folder, "https.pem"), needed: ["127.0.0.1"], others: [] }));
  rmSync(folder, { recursive: true });
  server = createServer({ key: pem, cert: pem }, async (incoming, response) => {
    response.end(`${incoming.method} ${incoming.socket.remoteAddress} ${await text(incoming)}`);
  });
  redirectPlainHttp(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address === "string" || address === null) throw new Error("A TCP server has no port.");
  port = address.port;
});

afterAll(() => server.close());

it("answers HTTPS, with the caller's own address and a body of any length", async () => {
  const body = "x".repeat(300_000);
  const asked = request({ host: "127.0.0.1", port, method: "POST", ca: pem }).end(body);
  const [response] = await once(asked, "response");
  expect(await text(response)).toBe(`POST 127.0.0.1 ${body}`);
});

it("shows who asks for plain HTTP the way, path and all", async () => {
  const asked = requestPlain({
    host: "127.0.0.1",
    port,
    path: "/room/MAIN?x=1",
    headers: { host: "10.0.0.7:3443" },
  }).end();
  const [response] = await once(asked, "response");
  expect(response.statusCode).toBe(308);
  expect(response.headers.location).toBe("https://10.0.0.7:3443/room/MAIN?x=1");
  expect(response.headers.connection).toBe("close");
  response.resume();
});

it("goes on when callers hang up at once or talk nonsense", async () => {
  const silent = connect(port, "127.0.0.1");
  await once(silent, "connect");
  silent.resetAndDestroy();
  for (const nonsense of ["\u0016nonsense", "nonsense\r\n\r\n"]) {
    const caller = connect(port, "127.0.0.1").setEncoding("latin1");
    caller.resume().write(nonsense, "latin1");
    await once(caller, "close");
  }
  const asked = request({ host: "127.0.0.1", port, ca: pem }).end();
  const [response] = await once(asked, "response");
  expect(await text(response)).toBe("GET 127.0.0.1 ");
});
