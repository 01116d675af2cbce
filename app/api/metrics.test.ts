import { readdirSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { API_ROUTES, routeOf } from "@/lib/server/api-routes";
import { refusal, TestServer } from "./test-server";

const METRICS_TOKEN = "a-token-of-the-operator";
let server: TestServer;
afterEach(() => server.stop());

const read = (authorization?: string) =>
  server.request("GET", "/api/metrics", authorization === undefined ? {} : { headers: { authorization } });

describe("GET /api/metrics", () => {
  it("is nothing to who has no METRICS_TOKEN, or where none is set", async () => {
    server = new TestServer();
    const nothing = refusal(await server.call("GET", "/api/nothing"));
    for (const authorization of [undefined, "Bearer ", "Bearer null", "Bearer undefined", `Bearer ${METRICS_TOKEN}`]) {
      const answer = await read(authorization);
      expect({ status: answer.status, ...(await answer.json()).error }).toEqual(nothing);
    }
    server.stop();
    server = new TestServer({ METRICS_TOKEN });
    const person = await server.enter("Rohit");
    for (const token of ["", "x", `${METRICS_TOKEN}x`, METRICS_TOKEN.slice(1), person.credentials.token]) {
      const answer = await read(`Bearer ${token}`);
      expect({ status: answer.status, ...(await answer.json()).error }).toEqual(nothing);
    }
    expect((await read(METRICS_TOKEN)).status).toBe(404);
  });

  it("says how many rooms, people and streams there are, how calls went and how long events take", async () => {
    server = new TestServer({ METRICS_TOKEN });
    const rohit = await server.enter("Rohit");
    await (await server.arrive("OTHER")).open();
    await rohit.call("POST", "/api/rooms/:room/messages", { body: { clientId: "a", text: "a secret text" } });
    await server.call("GET", "/api/rooms/MADE-UP/nothing");
    const answer = await read(`Bearer ${METRICS_TOKEN}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    for (const line of [
      "mychat_rooms 2",
      "mychat_members 1",
      "mychat_event_streams 2",
      "mychat_database_usable 1",
      "mychat_relay_connections 0",
      "mychat_relay_least_downlink_bits_per_second Nan",
      'mychat_http_request_duration_seconds_count{route="/api/token",method="POST",status="200"} 2',
      'mychat_http_request_duration_seconds_count{route="/api/rooms/:room/messages",method="POST",status="201"} 1',
      'mychat_http_request_duration_seconds_count{route="other",method="GET",status="404"} 1',
    ]) {
      expect(text.split("\n"), line).toContain(line);
    }
    for (const secret of ["MADE-UP", "OTHER", "Rohit", "a secret text", rohit.credentials.token, METRICS_TOKEN]) {
      expect(text).not.toContain(secret);
    }
  });

  it("counts refusals for being too many, and the answers to pings", async () => {
    server = new TestServer({ METRICS_TOKEN, RATE_LIMITS: "on" }, { pingMs: 1_000, tickMs: 5 });
    const rohit = await server.enter("Rohit");
    for (let n = 0; n < 11; n++) await rohit.call("POST", "/api/members/hand", { body: { isRaised: true } });
    await expect
      .poll(async () => (await rohit.received()).some(({ type }) => type === "ping"), { timeout: 3_000 })
      .toBe(true);
    await rohit.pong();
    await rohit.pong();
    const text = await (await read(`Bearer ${METRICS_TOKEN}`)).text();
    expect(text).toContain('mychat_rate_limit_refusals_total{limit="hands"} 1');
    expect(text).toContain("mychat_event_round_trip_seconds_count 1\n");
  });
});

describe("the name that a call's figures go by", () => {
  it("is known for every address that there is", () => {
    const addresses = readdirSync("app/api", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("route.ts") && !file.startsWith("[[...path]]"))
      .map((file) => `/api/${file.replace(/\/route\.ts$/, "").replace(/\[(\w+)\]/g, ":$1")}`);
    expect([...API_ROUTES].sort()).toEqual(addresses.sort());
  });

  it.each([
    ["/api/rooms/MAIN/knocks/answers", "/api/rooms/:room/knocks/answers"],
    ["/api/rooms/MAIN", "/api/rooms/:room"],
    ["/api/effects/rnnoise.wasm", "/api/effects/:file"],
    ["/api/token", "/api/token"],
    ["/api/rooms/MAIN/made-up", "other"],
    ["/api", "other"],
    ["/api/effects/a/b", "other"],
  ])("%s is %s", (pathname, route) => {
    expect(routeOf(pathname)).toBe(route);
  });
});
