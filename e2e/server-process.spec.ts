import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { expect, test } from "@playwright/test";
import Sqlite from "better-sqlite3";
import * as v from "valibot";
import { ErrorBody } from "@/lib/contracts/errors";
import { Credentials, MemberList } from "@/lib/contracts/http";
import { type AppServer, type AppServerOptions, freePort, startAppServer } from "./support/app-server";

/** The built server as a process: how it starts, is stopped, crashes, and what only its sockets show. No browser. */

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

function call(server: AppServer, method: string, path: string, token?: string, body?: unknown): Promise<Response> {
  return fetch(server.url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function join(server: AppServer, name: string, room = "MAIN") {
  const lobby = v.parse(Credentials, await (await call(server, "POST", "/api/token", undefined, { room })).json());
  const instance = randomUUID();
  const answer = await call(server, "POST", "/api/members", lobby.token, { name, instance });
  expect(answer.status).toBe(201);
  const { token, uid } = v.parse(Credentials, await answer.json());
  return { token, uid, instance };
}

/** Opens a stream and collects its text until it ends. */
async function openStream(server: AppServer, person: { token: string; instance: string }) {
  const response = await fetch(`${server.url}/api/rooms/MAIN/events?instance=${person.instance}`, {
    headers: { authorization: `Bearer ${person.token}` },
  });
  expect(response.status).toBe(200);
  let text = "";
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  };
  return { ended: read(), text: () => text };
}

async function roster(server: AppServer, token: string) {
  return v.parse(MemberList, await (await call(server, "GET", "/api/members", token)).json());
}

test.describe("start", () => {
  for (const [name, value] of [
    ["AGORA_APP_ID", "abc"],
    ["TOKEN_TTL_SECONDS", "39"],
    ["ICE_SERVERS", "stun:x"],
    ["EMBEDDED_MAX_MEMBERS", "many"],
    ["TRUST_PROXY", "-1"],
    ["RATE_LIMITS", "maybe"],
    ["DATABASE_PATH", "/dev/null/x.db"],
  ] as const) {
    test(`a wrong ${name} ends the process with a sentence that names it`, async () => {
      const server = await start({ env: { [name]: value }, waitUntilReady: false });
      expect(await server.exited).toBe(1);
      expect(server.output()).toContain("MyChat can't start.");
      expect(server.output()).toMatch(new RegExp(`^${name} .+\\.$`, "m"));
    });
  }

  test("so does a wrong PORT, before anything listens", async () => {
    const server = await start({ port: 70_000, waitUntilReady: false });
    expect(await server.exited).toBe(1);
    expect(server.output()).toContain("PORT must be a whole number from 0 to 65535.");
  });

  test("a second process on the same database refuses, and the first goes on", async () => {
    const first = await start();
    const second = await start({ env: { DATABASE_PATH: first.databasePath }, waitUntilReady: false });
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(/in use by another running server/);
    expect((await fetch(`${first.url}/api/health`)).status).toBe(200);
  });

  test("the database is made where DATABASE_PATH says, and others can read it", async () => {
    const server = await start();
    expect(existsSync(server.databasePath)).toBe(true);
    const { uid } = await join(server, "Rohit");
    const reader = new Sqlite(server.databasePath, { readonly: true });
    expect(reader.prepare("select room, uid, name from members").all()).toEqual([{ room: "MAIN", uid, name: "Rohit" }]);
    reader.close();
  });
});

test.describe("stop", () => {
  test("SIGTERM to npm tells every stream, and all of it is gone within 5 s with code 0", async () => {
    const server = await start();
    const people = [await join(server, "Rohit"), await join(server, "Riya")];
    const streams = await Promise.all(people.map((person) => openStream(server, person)));
    await expect.poll(() => streams.every((stream) => stream.text().includes("event: welcome"))).toBe(true);
    const signalledAtMs = Date.now();
    process.kill(server.pid, "SIGTERM");
    await Promise.all(streams.map((stream) => stream.ended));
    for (const stream of streams) expect(stream.text()).toMatch(/event: shutdown\ndata: \{\}\n\n$/);
    expect(await server.exited).toBe(0);
    await expect.poll(() => server.isRunning()).toBe(false);
    expect(Date.now() - signalledAtMs).toBeLessThan(5_000);
  });

  test("SIGINT ends it as well", async () => {
    const server = await start();
    const stream = await openStream(server, await join(server, "Rohit"));
    server.kill("SIGINT");
    await stream.ended;
    expect(stream.text()).toContain("event: shutdown");
    await server.exited;
    await expect.poll(() => server.isRunning()).toBe(false);
  });

  test("after a crash and a new start everyone is reconnecting, and removed after 10 s", async () => {
    const port = await freePort();
    const crashed = await start({ port });
    const { token } = await join(crashed, "Rohit");
    crashed.kill("SIGKILL");
    await crashed.exited;
    const restarted = await start({ port, env: { DATABASE_PATH: crashed.databasePath } });
    const seen = await roster(restarted, token);
    expect(seen).toMatchObject([{ name: "Rohit", state: "reconnecting" }]);
    await expect.poll(() => roster(restarted, token), { timeout: 13_000 }).toEqual([]);
  });
});

test.describe("sockets", () => {
  test("a hundred callers at once make one member", async () => {
    const server = await start();
    const lobby = v.parse(
      Credentials,
      await (await call(server, "POST", "/api/token", undefined, { room: "MAIN" })).json(),
    );
    const body = { name: "Rohit", instance: randomUUID() };
    const calls = Array.from({ length: 100 }, () => call(server, "POST", "/api/members", lobby.token, body));
    const statuses = (await Promise.all(calls)).map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(99).fill(200), 201]);
  });

  test("an abandoned stream is noticed at once", async () => {
    const server = await start();
    const rohit = await join(server, "Rohit");
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${rohit.token}` };
      get(`${server.url}/api/rooms/MAIN/events?instance=${rohit.instance}`, { headers }, resolve).on("error", reject);
    });
    expect(await roster(server, rohit.token)).toMatchObject([{ state: "connected" }]);
    response.destroy();
    await expect.poll(() => roster(server, rohit.token), { timeout: 2_000 }).toMatchObject([{ state: "reconnecting" }]);
  });

  test("limits count the real address, whatever X-Forwarded-For says", async () => {
    const server = await start({ env: { RATE_LIMITS: "on" } });
    const statuses = new Map<number, number>();
    let retryAfter: string | null = null;
    for (let n = 0; n < 610; n++) {
      const response = await fetch(`${server.url}/api/token`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-forwarded-for": `198.51.100.${n % 250}`,
          "x-mychat-client-address": `198.51.100.${n % 250}`,
        },
        body: '{"room":"MAIN"}',
      });
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      if (response.status === 429) {
        retryAfter = response.headers.get("retry-after");
        expect(v.parse(ErrorBody, await response.json()).error.code).toBe("rate_limited");
      } else await response.arrayBuffer();
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 600, 429: 10 });
    expect(Number(retryAfter)).toBeGreaterThan(0);
  });

  test("behind one trusted proxy it is the address that the proxy saw", async () => {
    const server = await start({ env: { RATE_LIMITS: "on", TRUST_PROXY: "1" } });
    const take = (seen: string) =>
      fetch(`${server.url}/api/token`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-forwarded-for": `203.0.113.9, ${seen}` },
        body: '{"room":"MAIN"}',
      });
    for (let n = 0; n < 600; n++) await (await take("198.51.100.1")).arrayBuffer();
    expect((await take("198.51.100.1")).status).toBe(429);
    expect((await take("198.51.100.2")).status).toBe(200);
  });

  test("an answer of a few words is not compressed, and a long one is", async () => {
    const server = await start();
    const { token } = await join(server, "Rohit");
    const encodingOf = async (method: string, path: string, body?: unknown) =>
      (await call(server, method, path, token, body)).headers.get("content-encoding");
    expect(await encodingOf("POST", "/api/rooms/MAIN/messages", { id: randomUUID(), text: "Hello" })).toBeNull();
    expect(await encodingOf("GET", "/api/rooms/MAIN/messages")).toBe("gzip");
  });

  test("no address and no body makes a 5xx", async () => {
    const server = await start();
    const { token, instance } = await join(server, "Rohit");
    const paths = [
      `/api/rooms/%E0%A4%A/events?instance=${instance}`,
      "/api/rooms/%00/events",
      "/api/rooms/%/messages",
      "/api/rooms//signals",
      "/api/rooms/..%2f..%2fetc/events",
      "/api/%",
      "/api/members?uid=%",
      "/api",
      "/%",
      "/room/%E0%A4%A",
      "/room/%00",
      `/room/${"x".repeat(3_000)}`,
    ];
    for (const path of paths) {
      for (const method of ["GET", "POST", "PUT", "OPTIONS", "HEAD"]) {
        const response = await fetch(server.url + path, { method, headers: { authorization: `Bearer ${token}` } });
        await response.body?.cancel();
        expect(response.status, `${method} ${path}`).toBeLessThan(500);
      }
    }
    const deep = `${"[".repeat(60_000)}${"]".repeat(60_000)}`;
    const bodies = ["", "null", "0", '"\\ud800"', "\u0000", '{"__proto__":1}', '{"signals":[{"seq":1e999}]}'];
    bodies.push(
      deep,
      `{"signals":[{"to":1,"toInstance":"${instance}","seq":0,"signal":${deep}}]}`,
      '{"room":{"a":[]}}',
    );
    for (const path of ["/api/token", "/api/members", "/api/rooms/MAIN/messages", "/api/rooms/MAIN/signals"]) {
      for (const body of bodies) {
        const response = await fetch(server.url + path, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body,
        });
        expect(response.status, `${path} ${body.slice(0, 40)}`).toBeGreaterThanOrEqual(400);
        expect(response.status, `${path} ${body.slice(0, 40)}`).toBeLessThan(500);
        v.parse(ErrorBody, await response.json());
      }
    }
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  });

  test("pages have a strict policy with a nonce of their own, and /api has none", async () => {
    const server = await start();
    const policies = await Promise.all(
      ["/", "/", "/room/MAIN", "/nothing-here"].map(async (path) => {
        const response = await fetch(server.url + path);
        const policy = response.headers.get("content-security-policy") ?? "";
        const [, nonce] = /script-src 'nonce-([^']+)' 'strict-dynamic' 'wasm-unsafe-eval';/.exec(policy) ?? [];
        expect(nonce, path).toBeTruthy();
        for (const [script] of (await response.text()).matchAll(/<script[^>]*>/g)) {
          if (path !== "/nothing-here") expect(script, path).toContain(`nonce="${nonce}"`);
        }
        return { policy, nonce };
      }),
    );
    expect(new Set(policies.map(({ nonce }) => nonce)).size).toBe(policies.length);
    for (const directive of [
      "style-src 'self' 'unsafe-inline';",
      "img-src 'self' data: blob:;",
      "media-src 'self' blob:;",
      "connect-src 'self';",
      "object-src 'none';",
      "base-uri 'none';",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ]) {
      expect(policies[0]?.policy).toContain(directive);
    }
    expect(policies[0]?.policy).not.toMatch(/'unsafe-eval'|agora|https:|wss?:/);
    const health = await fetch(`${server.url}/api/health`);
    expect(health.headers.get("content-security-policy")).toBeNull();
    expect(health.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("with Agora the policy lets its network be reached", async () => {
    const server = await start({ env: { AGORA_APP_ID: "a".repeat(32), AGORA_APP_CERTIFICATE: "b".repeat(32) } });
    const policy = (await fetch(server.url)).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("wss://*.edge.agora.io:*");
    expect(policy).toContain("worker-src blob:");
    expect(await (await fetch(`${server.url}/api/health`)).json()).toEqual({ status: "ok", transport: "agora" });
  });
});
