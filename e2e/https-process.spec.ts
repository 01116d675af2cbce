import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { connect as connectTls } from "node:tls";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { generate } from "selfsigned";
import { renderUnicodeCompact } from "uqr";
import * as v from "valibot";
import { Credentials } from "@/lib/contracts/http";
import { type AppServer, type AppServerOptions, freePort, startAppServer } from "./support/app-server";

/** `npm run start:https` as a process: what it prints, its certificate, how it is stopped. No browser. */

test.use({ ignoreHTTPSErrors: true });

let servers: AppServer[] = [];
test.afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

async function start(options: AppServerOptions = {}): Promise<AppServer> {
  const server = await startAppServer({ isHttps: true, ...options });
  servers.push(server);
  return server;
}

const certificateOf = (server: AppServer) => `${server.databasePath}.https.pem`;

const qrCodeOf = (address: string) => renderUnicodeCompact(address, { border: 2 });

async function join(request: APIRequestContext, server: AppServer) {
  const answer = await request.post(`${server.url}/api/token`, { data: { room: "MAIN" } });
  const lobby = v.parse(Credentials, await answer.json());
  const instance = randomUUID();
  const joined = await request.post(`${server.url}/api/members`, {
    data: { name: "Rohit", instance },
    headers: { authorization: `Bearer ${lobby.token}` },
  });
  const { token } = v.parse(Credentials, await joined.json());
  return { token, instance };
}

test("prints the address with its QR code, and what to click when the browser warns", async ({ request }) => {
  const server = await start();
  expect(server.output()).toContain(`    ${server.url}\n`);
  expect(server.output()).toContain(qrCodeOf(server.url));
  expect(server.output()).toMatch(/warns once about the certificate.+\n\n +Chrome, Edge +Advanced/);
  expect(server.output()).toMatch(/^\[mychat\] Networks: .+\n\[mychat\] Cameras: .+\n/m);
  const health = await request.get(`${server.url}/api/health`);
  expect(await health.json()).toEqual({ status: "ok", transport: "embedded" });
  // Who types the address without https:// is shown the way.
  const plain = await request.get(`${server.url.replace("https:", "http:")}/room/MAIN`, { maxRedirects: 0 });
  expect(plain.headers().location).toBe(`${server.url}/room/MAIN`);
  const page = await request.get(server.url);
  expect(page.headers()["content-security-policy"]).toContain("connect-src 'self';");
});

test("the certificate is only this user's, kept at a restart, and made anew when the address has changed", async () => {
  const first = await start();
  const kept = readFileSync(certificateOf(first), "utf8");
  expect(statSync(certificateOf(first)).mode & 0o777).toBe(0o600);
  first.kill("SIGKILL");
  await first.exited;
  const again = { port: first.port, env: { DATABASE_PATH: first.databasePath } };
  const second = await start(again);
  expect(readFileSync(certificateOf(second), "utf8")).toBe(kept);
  expect(second.output()).not.toContain("The certificate is a new one");
  second.kill("SIGKILL");
  await second.exited;

  // As if this computer had had another address when it was made.
  const altNames = [{ type: 7 as const, ip: "192.0.2.1" }];
  const old = await generate(undefined, { keyType: "ec", extensions: [{ name: "subjectAltName", altNames }] });
  writeFileSync(certificateOf(first), old.private + old.cert);
  const third = await start(again);
  expect(third.output()).toContain("The certificate is a new one: this computer's address has changed.");
});

test("SIGTERM to npm tells every stream, and all of it is gone within 5 s with code 0", async ({ request }) => {
  const server = await start();
  const { token, instance } = await join(request, server);
  const authorization = `Bearer ${token}`;
  const stream = request.get(`${server.url}/api/rooms/MAIN/events?instance=${instance}`, {
    headers: { authorization },
  });
  const state = async () => {
    const members = await request.get(`${server.url}/api/members`, { headers: { authorization } });
    return members.json();
  };
  await expect.poll(state).toMatchObject([{ name: "Rohit", state: "connected" }]);
  const signalledAtMs = Date.now();
  process.kill(server.pid, "SIGTERM");
  expect(await (await stream).text()).toMatch(/^event: welcome$[\s\S]+event: shutdown\ndata: \{\}\n\n$/m);
  expect(await server.exited).toBe(0);
  await expect.poll(() => server.isRunning()).toBe(false);
  expect(Date.now() - signalledAtMs).toBeLessThan(5_000);
});

test("a port that is taken ends the start with a sentence", async () => {
  const port = await freePort();
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  const server = await start({ port, waitUntilReady: false });
  expect(await server.exited).toBe(1);
  expect(server.output()).toContain(
    `MyChat can't start.\nPort ${port} is in use by another program. Stop that one, or set PORT to another.`,
  );
  other.close();
});

test("a wrong setting and a wrong PORT end it as they end the plain start", async () => {
  const wrongSetting = await start({ env: { TRUST_PROXY: "-1" }, waitUntilReady: false });
  expect(await wrongSetting.exited).toBe(1);
  expect(wrongSetting.output()).toMatch(/MyChat can't start\.\nTRUST_PROXY .+\.$/m);
  const wrongPort = await start({ port: 70_000, waitUntilReady: false });
  expect(await wrongPort.exited).toBe(1);
  expect(wrongPort.output()).toContain("PORT must be a whole number from 0 to 65535.");
});

test("whoever connects and then takes their time is hung up on, and everyone else is served", { tag: "@long" }, async ({
  request,
}) => {
  test.setTimeout(120_000);
  const server = await start();
  const openedAtMs = Date.now();
  const dawdlers = [
    { who: "says nothing", beginning: "", piece: "", withinMs: 13_000 },
    {
      who: "asks for plain HTTP, letter by letter",
      beginning: "GET / HTTP/1.1\r\nX-Slow: ",
      piece: "x",
      withinMs: 13_000,
    },
    { who: "begins TLS, byte by byte", beginning: "\u0016\u0003\u0001\u0002\u0000", piece: "\u0000", withinMs: 13_000 },
  ].map(async ({ who, beginning, piece, withinMs }) => {
    const socket = connect(server.port, "127.0.0.1");
    const trickle = setInterval(() => socket.write(piece, "latin1"), 1_000);
    socket.on("error", () => undefined).resume();
    socket.write(beginning, "latin1");
    await once(socket, "close");
    clearInterval(trickle);
    expect(Date.now() - openedAtMs, who).toBeLessThan(withinMs);
  });
  const ofRequest = async () => {
    const socket = connectTls({ port: server.port, host: "127.0.0.1", rejectUnauthorized: false });
    socket.on("error", () => undefined).resume();
    await once(socket, "secureConnect");
    socket.write("GET /api/health HTTP/1.1\r\nX-Slow: ");
    const trickle = setInterval(() => socket.write("x"), 1_000);
    await once(socket, "close");
    clearInterval(trickle);
    expect(Date.now() - openedAtMs, "asks over TLS, letter by letter").toBeLessThan(52_000);
  };
  expect((await request.get(`${server.url}/api/health`)).status()).toBe(200);
  await Promise.all([...dawdlers, ofRequest()]);
  expect((await request.get(`${server.url}/api/health`)).status()).toBe(200);
});
