import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, get, type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import { chromium, expect, test } from "@playwright/test";
import * as v from "valibot";
import { Credentials, MemberList } from "@/lib/contracts/http";
import { type AppServer, type AppServerOptions, startAppServer } from "./support/app-server";
import { chromiumLaunchOptions } from "./support/chromium";

/** What the built server says to strangers, and what they can't do to it. What only its sockets and headers show. */

let servers: AppServer[] = [];
test.afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

async function start(options: AppServerOptions = {}): Promise<AppServer> {
  const server = await startAppServer(options);
  servers.push(server);
  return server;
}

function call(server: AppServer, method: string, path: string, token: string | undefined, body: unknown) {
  return fetch(server.url + path, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
}

async function arrive(server: AppServer): Promise<Credentials> {
  return v.parse(Credentials, await (await call(server, "POST", "/api/token", undefined, { room: "MAIN" })).json());
}

async function join(server: AppServer, name: string): Promise<Credentials> {
  const { token } = await arrive(server);
  const instance = randomUUID();
  return v.parse(Credentials, await (await call(server, "POST", "/api/members", token, { name, instance })).json());
}

async function roster(server: AppServer, token: string) {
  const answer = await fetch(`${server.url}/api/members`, { headers: { authorization: `Bearer ${token}` } });
  return v.parse(MemberList, await answer.json());
}

/** From another address of this machine. */
async function healthFromElsewhere(server: AppServer): Promise<number | undefined> {
  const call = get(`${server.url}/api/health`, { localAddress: "127.0.0.2", agent: false });
  const [response] = (await once(call, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

test.describe("headers", () => {
  const PATHS = ["/", "/room/MAIN", "/nothing-here", "/api/health", "/api/nothing", "/manifest.webmanifest"];

  test("every answer keeps to its own site, and asks for nothing but what a call needs", async () => {
    const server = await start();
    for (const path of PATHS) {
      const { headers } = await fetch(server.url + path);
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("x-frame-options"), path).toBe("DENY");
      expect(headers.get("referrer-policy"), path).toBe("same-origin");
      expect(headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy"), path).toBe("same-origin");
      const policy = headers.get("permissions-policy") ?? "";
      for (const feature of ["camera", "microphone", "display-capture", "picture-in-picture"]) {
        expect(policy, path).toContain(`${feature}=(self)`);
      }
      for (const feature of ["geolocation", "usb", "payment"]) expect(policy, path).toContain(`${feature}=()`);
      expect(headers.get("x-powered-by"), path).toBeNull();
      expect(headers.get("set-cookie"), path).toBeNull();
      expect(headers.get("access-control-allow-origin"), path).toBeNull();
    }
  });

  const hstsOf = async (server: AppServer, proto?: string) => {
    const headers: Record<string, string> = proto === undefined ? {} : { "x-forwarded-proto": proto };
    return Promise.all(
      PATHS.map(async (path) => (await fetch(server.url + path, { headers })).headers.get("strict-transport-security")),
    );
  };

  test("over plain HTTP there is no HSTS, whatever the caller says", async () => {
    const server = await start();
    for (const proto of [undefined, "https"]) expect(new Set(await hstsOf(server, proto))).toEqual(new Set([null]));
  });

  test("behind a proxy's TLS there is, and behind a proxy without it there is not", async () => {
    const server = await start({ env: { TRUST_PROXY: "1" } });
    expect(new Set(await hstsOf(server, "https"))).toEqual(new Set(["max-age=31536000"]));
    expect(new Set(await hstsOf(server, "http"))).toEqual(new Set([null]));
    expect(new Set(await hstsOf(server))).toEqual(new Set([null]));
  });
});

test("over the server's own TLS there is HSTS", async ({ playwright }) => {
  const server = await start({ isHttps: true });
  const context = await playwright.request.newContext({ ignoreHTTPSErrors: true });
  for (const path of ["/", "/api/health"]) {
    expect((await context.get(server.url + path)).headers()["strict-transport-security"]).toBe("max-age=31536000");
  }
  await context.dispose();
});

test("another site's page can't call in a visitor's name, nor read, nor frame the app", async () => {
  const server = await start();
  const rohit = await join(server, "Rohit");
  const otherSite = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>Another site</title>");
  }).listen(0, "127.0.0.1");
  await once(otherSite, "listening");
  const address = otherSite.address();
  if (address === null || typeof address === "string") throw new Error("It has no port.");
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    const page = await browser.newPage();
    // The visitor has been in a call here, in the same browser.
    await page.goto(`${server.url}/room/MAIN`);
    await page.goto(`http://localhost:${address.port}/`);
    const tries = await page.evaluate(async (url) => {
      const attempt = (path: string, init: RequestInit) =>
        fetch(url + path, { credentials: "include", ...init }).then(
          ({ type, status }) => `${type} ${status}`,
          () => "blocked",
        );
      const body = JSON.stringify({ name: "Mallory", instance: crypto.randomUUID() });
      const json = { "content-type": "application/json" };
      const framed = new Promise<boolean>((resolve) => {
        const frame = document.createElement("iframe");
        frame.onload = () => resolve(frame.contentDocument === null);
        frame.src = `${url}/room/MAIN`;
        document.body.append(frame);
      });
      return {
        read: await attempt("/api/members", {}),
        join: await attempt("/api/members", { method: "POST", headers: json, body }),
        leave: await attempt("/api/members", { method: "DELETE" }),
        blindly: await attempt("/api/members", { method: "POST", mode: "no-cors", body }),
        image: await attempt("/icon.svg", { mode: "no-cors" }),
        isFrameOpaque: await framed,
      };
    }, server.url);
    expect(tries).toMatchObject({ read: "blocked", join: "blocked", leave: "blocked", image: "blocked" });
    // What goes out without being asked for first comes without a key, and does nothing.
    expect(["opaque 0", "blocked"]).toContain(tries.blindly);
    const frame = page.frames().find((one) => one !== page.mainFrame());
    expect(await frame?.evaluate(() => document.title)).not.toContain("MAIN");
    expect(frame?.url()).toMatch(/^chrome-error:/);
    expect(await page.context().cookies()).toEqual([]);
    expect(await roster(server, rohit.token)).toMatchObject([{ name: "Rohit" }]);
  } finally {
    await browser.close();
    otherSite.close();
  }
});

test.describe("from one address", () => {
  // Idle ones end after 12 s: on a machine that takes longer than that to open them, more than five hundred are had in all.
  test("a thousand idle streams: five hundred stand, the others are refused, and everyone else is served", {
    tag: "@long",
  }, async () => {
    const server = await start();
    const openings: AbortController[] = [];
    // One that nobody holds is closed when its memory is collected.
    const streams: Response[] = [];
    const statuses = new Map<number, number>();
    const open = async () => {
      const taken = await call(server, "POST", "/api/token", undefined, { room: "MAIN" });
      const opening = new AbortController();
      openings.push(opening);
      if (taken.status !== 200) return taken.status;
      const { token } = v.parse(Credentials, await taken.json());
      const stream = await fetch(`${server.url}/api/rooms/MAIN/events?instance=${randomUUID()}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: opening.signal,
      });
      streams.push(stream);
      return stream.status;
    };
    for (let batch = 0; batch < 20; batch++) {
      for (const status of await Promise.all(Array.from({ length: 50 }, open))) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 500, 429: 500 });
    expect(streams.filter(({ ok }) => ok)).toHaveLength(500);
    expect(await healthFromElsewhere(server)).toBe(200);
    for (const opening of openings) opening.abort();
    const { token } = await arriveFrom(server, "127.0.0.2");
    const stream = get(`${server.url}/api/rooms/MAIN/events?instance=${randomUUID()}`, {
      localAddress: "127.0.0.2",
      headers: { authorization: `Bearer ${token}` },
    });
    const [response] = (await once(stream, "response")) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    stream.destroy();
  });

  test("sockets beyond two thousand are closed at once, and everyone else is served", async () => {
    const server = await start();
    const sockets: Socket[] = [];
    let closed = 0;
    for (let batch = 0; batch < 21; batch++) {
      const opened = Array.from({ length: 100 }, () => {
        const socket = connect(server.port, "127.0.0.1");
        socket.on("close", () => closed++).on("error", () => undefined);
        return socket;
      });
      sockets.push(...opened);
      await Promise.all(opened.map((socket) => once(socket, "connect")));
    }
    // The health checks of the start may still have one or two.
    await expect.poll(() => closed).toBeGreaterThanOrEqual(100);
    expect(closed).toBeLessThan(110);
    expect(await healthFromElsewhere(server)).toBe(200);
    for (const socket of sockets) socket.destroy();
    await expect
      .poll(async () =>
        fetch(`${server.url}/api/health`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });

  test("senders that take their time are closed within a minute, and everyone else is served", {
    tag: "@long",
  }, async () => {
    test.setTimeout(150_000);
    const server = await start();
    const post = "POST /api/token HTTP/1.1\r\nHost: mychat.test\r\n";
    const head = `${post}Content-Type: application/json\r\nContent-Length: 30000\r\n\r\n{`;
    const openedAtMs = Date.now();
    const slow = [
      { beginning: "", piece: "", withinMs: 52_000 },
      { beginning: `${post}X-Slow: `, piece: "x", withinMs: 52_000 },
      { beginning: head, piece: " ", withinMs: 63_000 },
    ].map(async ({ beginning, piece, withinMs }) => {
      const socket = connect(server.port, "127.0.0.1");
      const trickle = setInterval(() => socket.write(piece), 1_000);
      socket.on("error", () => undefined).resume();
      socket.write(beginning);
      await once(socket, "close");
      clearInterval(trickle);
      expect(Date.now() - openedAtMs).toBeLessThan(withinMs);
    });
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
    await Promise.all(slow);
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  });
});

async function arriveFrom(server: AppServer, localAddress: string): Promise<Credentials> {
  const call = request(`${server.url}/api/token`, {
    method: "POST",
    localAddress,
    headers: { "content-type": "application/json" },
  });
  call.end('{"room":"MAIN"}');
  const [response] = (await once(call, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return v.parse(Credentials, JSON.parse(text));
}

test.describe("the log", () => {
  test("nothing that callers send makes a line, and no token is in it", async () => {
    const server = await start();
    const before = server.output().length;
    const { token, room } = await join(server, "[mychat] forged");
    const forged = "%0a%5bmychat%5d%20forged%0d%1b%5b2J";
    const tries: [string, string, Record<string, string>, string?][] = [
      ["GET", `/api/rooms/${forged}/events?token=${token}`, {}],
      ["GET", `/room/${forged}?token=${token}`, {}],
      ["POST", "/api/token", { "content-type": "application/json" }, `{"room":"\n[mychat] forged ${token}`],
      ["POST", "/api/members", { "x-forwarded-for": `${forged}, ${token}`, "user-agent": `${forged}${token}` }],
      ["POST", `/api/rooms/${room}/relay`, { "content-type": "application/json" }, JSON.stringify({ sdp: forged })],
      ["GET", `/api/effects/..%2f${forged}`, {}],
    ];
    for (const [method, path, headers, body] of tries) {
      const response = await fetch(server.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body === undefined ? {} : { body }),
      });
      expect(response.status, path).toBeLessThan(500);
      await response.arrayBuffer();
    }
    const printed = server.output().slice(before);
    expect(printed).not.toContain("forged");
    expect(server.output()).not.toContain(token);
    expect(server.output()).not.toContain("\u001b[2J");
  });

  test("with LOG_FORMAT=json each of the app's lines is an object, and what stops a start is still a sentence", async () => {
    const server = await start({ env: { LOG_FORMAT: "json" } });
    const lines = server
      .output()
      .split("\n")
      .filter((line) => line.startsWith("{"));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: "info", msg: expect.stringMatching(/^Networks: /) },
      { level: "info", msg: expect.stringMatching(/^Cameras: /) },
    ]);
    expect(server.output()).not.toContain("[mychat]");
    const second = await start({
      env: { LOG_FORMAT: "json", DATABASE_PATH: server.databasePath },
      waitUntilReady: false,
    });
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(/MyChat can't start\.\nThe database .+ is in use by another running server/);
  });
});

test("the figures of the process are there for who has the operator's token, and for nobody else", async () => {
  const METRICS_TOKEN = "0123456789abcdef";
  const server = await start({ env: { METRICS_TOKEN } });
  const read = (token: string) => fetch(`${server.url}/api/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect((await read(`${METRICS_TOKEN}x`)).status).toBe(404);
  await join(server, "Rohit");
  const text = await (await read(METRICS_TOKEN)).text();
  expect(text).toContain("\nmychat_members 1\n");
  // Calls are handled by code that is bundled apart: its figures are here all the same.
  expect(text).toContain(
    'mychat_http_request_duration_seconds_count{route="/api/members",method="POST",status="201"} 1',
  );
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
});
