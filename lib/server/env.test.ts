import { describe, expect, it } from "vitest";
import { readSettings, WrongSettings } from "./env";

const HEX = "0123456789abcdefABCDEF0123456789";

function problems(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof WrongSettings) return error.problems;
    throw error;
  }
  return [];
}

describe("settings", () => {
  it("are all optional, and an empty value is one that is not set", () => {
    const defaults = {
      transport: "embedded",
      agora: null,
      databasePath: "data/mychat.db",
      tokenTtlSeconds: 3_600,
      iceServers: [],
      turn: null,
      embeddedMaxMembers: 8,
      topology: "auto",
      relay: { port: 3_478, publicAddresses: [] },
      trustedProxies: 0,
      hasRateLimits: true,
      maxStreams: 2_000,
      metricsToken: null,
      logFormat: "text",
      isHttps: false,
    };
    expect(readSettings({})).toEqual(defaults);
    const empty = { AGORA_APP_ID: "", PORT: " ", TOKEN_TTL_SECONDS: "", ICE_SERVERS: "", RATE_LIMITS: "" };
    expect(readSettings(empty)).toEqual(defaults);
  });

  it("are read when they are right", () => {
    const read = readSettings({
      AGORA_APP_ID: HEX,
      AGORA_APP_CERTIFICATE: HEX,
      DATABASE_PATH: "/x/y.db",
      PORT: "8080",
      TOKEN_TTL_SECONDS: "40",
      ICE_SERVERS: '[{"urls":["stun:a.example","turn:b.example"],"username":"u","credential":"c"}]',
      EMBEDDED_MAX_MEMBERS: "2",
      EMBEDDED_TOPOLOGY: "relay",
      RELAY_PORT: "0",
      RELAY_ADDRESS: "192.0.2.1, 2001:db8::1",
      TRUST_PROXY: "1",
      RATE_LIMITS: "off",
      MAX_STREAMS: "100",
      METRICS_TOKEN: "0123456789abcdef",
      LOG_FORMAT: "json",
      SERVED_OVER: "https",
    });
    expect(read).toEqual({
      transport: "agora",
      agora: { appId: HEX, certificate: HEX },
      databasePath: "/x/y.db",
      tokenTtlSeconds: 40,
      iceServers: [{ urls: ["stun:a.example", "turn:b.example"], username: "u", credential: "c" }],
      turn: null,
      embeddedMaxMembers: 2,
      topology: "relay",
      relay: { port: 0, publicAddresses: ["192.0.2.1", "2001:db8::1"] },
      trustedProxies: 1,
      hasRateLimits: false,
      maxStreams: 100,
      metricsToken: "0123456789abcdef",
      logFormat: "json",
      isHttps: true,
    });
    const { turn } = readSettings({ TURN_URL: "turn:a.example, turns:b.example", TURN_SECRET: "s" });
    expect(turn).toEqual({ urls: ["turn:a.example", "turns:b.example"], secret: "s" });
  });

  it.each([
    [{ AGORA_APP_ID: HEX }, "AGORA_APP_CERTIFICATE must be set as well when AGORA_APP_ID is set."],
    [{ AGORA_APP_CERTIFICATE: HEX }, "AGORA_APP_ID must be set as well when AGORA_APP_CERTIFICATE is set."],
    [{ AGORA_APP_ID: "x", AGORA_APP_CERTIFICATE: HEX }, "AGORA_APP_ID must be 32 hexadecimal digits."],
    [{ PORT: "http" }, "PORT must be a whole number from 0 to 65535."],
    [{ PORT: "65536" }, "PORT must be a whole number from 0 to 65535."],
    [{ TOKEN_TTL_SECONDS: "39" }, "TOKEN_TTL_SECONDS must be a whole number from 40 to 86400."],
    [{ TOKEN_TTL_SECONDS: "86401" }, "TOKEN_TTL_SECONDS must be a whole number from 40 to 86400."],
    [{ TOKEN_TTL_SECONDS: "1e3" }, "TOKEN_TTL_SECONDS must be a whole number from 40 to 86400."],
    [{ EMBEDDED_MAX_MEMBERS: "0" }, "EMBEDDED_MAX_MEMBERS must be a whole number from 1 to 1000."],
    [{ EMBEDDED_TOPOLOGY: "mesh" }, "EMBEDDED_TOPOLOGY must be auto, direct or relay."],
    [{ RELAY_PORT: "65536" }, "RELAY_PORT must be a whole number from 0 to 65535."],
    [{ RELAY_ADDRESS: "relay.example.org" }, "RELAY_ADDRESS must be an IP address, or several with commas."],
    [{ TRUST_PROXY: "true" }, "TRUST_PROXY must be a whole number from 0 to 100."],
    [{ RATE_LIMITS: "no" }, "RATE_LIMITS must be on or off."],
    [{ MAX_STREAMS: "0" }, "MAX_STREAMS must be a whole number from 1 to 100000."],
    [{ METRICS_TOKEN: "short" }, "METRICS_TOKEN must be at least 16 characters, without spaces."],
    [{ LOG_FORMAT: "xml" }, "LOG_FORMAT must be text or json."],
    [{ TURN_URL: "turn:a.example" }, "TURN_SECRET must be set as well when TURN_URL is set."],
    [{ TURN_SECRET: "s" }, "TURN_URL must be set as well when TURN_SECRET is set."],
    [{ TURN_URL: "a.example", TURN_SECRET: "s" }, "TURN_URL must be a turn: or turns: address."],
    [
      { ICE_SERVERS: "[]", TURN_URL: "turn:a.example", TURN_SECRET: "s" },
      "ICE_SERVERS and TURN_URL can't both be set.",
    ],
  ])("%j: %s", (env, problem) => {
    expect(problems(env)).toEqual([problem]);
  });

  it.each(["{", "{}", '[{"url":"stun:a"}]', '[{"urls":"http://a"}]'])("ICE_SERVERS=%s is refused", (value) => {
    expect(problems({ ICE_SERVERS: value })).toEqual([expect.stringMatching(/^ICE_SERVERS must be a JSON list/)]);
  });

  it("that are wrong are all named, and no value is repeated", () => {
    const found = problems({ PORT: "secret1", TOKEN_TTL_SECONDS: "secret2", AGORA_APP_ID: "secret3" }).join("\n");
    for (const name of ["PORT", "TOKEN_TTL_SECONDS", "AGORA_APP_ID"]) expect(found).toContain(name);
    expect(found).not.toContain("secret");
  });
});
