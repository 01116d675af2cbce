import { deflateSync, inflateSync } from "node:zlib";
import { RtcRole, RtcTokenBuilder } from "agora-token";
import { AccessToken2, ServiceRtc } from "agora-token/src/AccessToken2.js";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RoomName, Uid } from "@/lib/contracts/identifiers";
import { isExpired, Tokens } from "./tokens";

const KEYS = { appId: "0123456789abcdef0123456789abcdef", certificate: "fedcba9876543210fedcba9876543210" };
const room = v.parse(RoomName, "MAIN");
const uid = v.parse(Uid, 4_294_967_295);
const tokens = new Tokens(KEYS);
const nowSeconds = () => Math.floor(Date.now() / 1_000);

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const refused = expect.objectContaining({ code: "token_invalid" });
function verdict(token: string): unknown {
  try {
    return tokens.verify(token);
  } catch (error) {
    return error;
  }
}

/** A token signed with our certificate, whatever is in it. */
function signed(change: {
  appId?: string;
  certificate?: string;
  room?: string;
  uid?: string;
  issuedAt?: number;
  expire?: number;
  privileges?: [number, number][];
  services?: number;
}): string {
  const token = new AccessToken2(
    change.appId ?? KEYS.appId,
    change.certificate ?? KEYS.certificate,
    change.issuedAt ?? nowSeconds(),
    change.expire ?? 600,
  );
  for (let n = change.services ?? 1; n > 0; n--) {
    const service = new ServiceRtc(change.room ?? "MAIN", 7);
    if (change.uid !== undefined) Reflect.set(service, "__uid", change.uid);
    for (const [privilege, seconds] of change.privileges ?? []) service.add_privilege(privilege, seconds);
    token.add_service(service);
  }
  return token.build();
}

describe("a token", () => {
  it.each(["lobby", "join"] as const)("of kind %s is read back as it was made", (kind) => {
    const made = tokens.mint({ room, uid, kind }, 40);
    expect(made.expiresAtSeconds).toBe(nowSeconds() + 40);
    const claims = { room, uid, kind, expiresAtSeconds: made.expiresAtSeconds };
    expect(tokens.verify(made.token)).toEqual(claims);
    // By a server that was started since: the first time, and from memory.
    const others = new Tokens(KEYS);
    expect(others.verify(made.token)).toEqual(claims);
    expect(others.verify(made.token)).toEqual(claims);
  });

  it("that is known is refused all the same when the clock was set back to before its issue", () => {
    const { token } = tokens.mint({ room, uid, kind: "join" }, 600);
    vi.setSystemTime(Date.now() - 61_000);
    expect(verdict(token)).toEqual(refused);
  });

  it("is as good when thousands of others were made since", () => {
    const first = tokens.mint({ room, uid, kind: "join" }, 600);
    for (let other = 1; other <= 5_001; other++) tokens.mint({ room, uid: v.parse(Uid, other), kind: "lobby" }, 600);
    expect(verdict(first.token)).toMatchObject({ uid, kind: "join" });
  });

  it("for joining is Agora's own, and a lobby token holds no privilege", () => {
    const ours = RtcTokenBuilder.buildTokenWithUid(
      KEYS.appId,
      KEYS.certificate,
      "MAIN",
      7,
      RtcRole.PUBLISHER,
      600,
      600,
    );
    expect(verdict(ours)).toEqual({ room, uid: 7, kind: "join", expiresAtSeconds: nowSeconds() + 600 });
    expect(verdict(signed({}))).toMatchObject({ kind: "lobby" });
    const lobby = tokens.mint({ room, uid, kind: "lobby" }, 600).token;
    const bytes = inflateSync(Buffer.from(lobby.slice(3), "base64"));
    // 2+32 signature, 2+32 app id, three times 4, 2 services, 2 type: then the number of privileges.
    expect(bytes.readUInt16LE(84)).toBe(0);
  });

  it("is expired when its time is over, and not before", () => {
    const claims = tokens.verify(tokens.mint({ room, uid, kind: "join" }, 40).token);
    vi.setSystemTime(Date.now() + 39_000);
    expect(isExpired(claims)).toBe(false);
    vi.setSystemTime(Date.now() + 2_000);
    expect(isExpired(claims)).toBe(true);
    expect(isExpired(claims, 60)).toBe(false);
  });

  it("lives no longer than its privilege to join", () => {
    expect(verdict(signed({ expire: 600, privileges: [[1, 60]] }))).toMatchObject({
      expiresAtSeconds: nowSeconds() + 60,
    });
  });

  it("with any one character changed is refused", () => {
    const { token } = tokens.mint({ room, uid, kind: "join" }, 600);
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === "A" ? "B" : "A";
      expect(verdict(token.slice(0, at) + other + token.slice(at + 1)), `at ${at}`).toEqual(refused);
    }
  });

  it("written in another way is refused, though its signature is genuine", () => {
    const { token } = tokens.mint({ room, uid, kind: "join" }, 600);
    const content = inflateSync(Buffer.from(token.slice(3), "base64"));
    expect(verdict(`007${deflateSync(content, { level: 0 }).toString("base64")}`)).toEqual(refused);
    expect(verdict(`007${deflateSync(Buffer.concat([content, Buffer.alloc(1)])).toString("base64")}`)).toEqual(refused);
    expect(verdict(`${token}=`)).toEqual(refused);
    expect(verdict(` ${token}`)).toEqual(refused);
  });

  it.each([
    ["of another app", { appId: "f".repeat(32) }],
    ["signed with another certificate", { certificate: "f".repeat(32) }],
    ["for a room that is none", { room: "main room" }],
    ["for a room in small letters", { room: "main" }],
    ["for a room too long", { room: "A".repeat(65) }],
    ["without a uid", { uid: "" }],
    ["for uid 0", { uid: "0" }],
    ["for uid 2^32", { uid: "4294967296" }],
    ["for a uid with a leading zero", { uid: "07" }],
    ["for a uid that is a name", { uid: "rohit" }],
    ["issued in the future", { issuedAt: Math.floor(Date.now() / 1_000) + 7_200 }],
    ["with two services", { services: 2 }],
    ["without a service", { services: 0 }],
  ])("%s is refused", (_what, change) => {
    expect(verdict(signed(change))).toEqual(refused);
  });

  it.each([
    [
      "",
      "007",
      "006abc",
      "007!!!!",
      "007AAAA",
      "x".repeat(100_000),
      `007${"A".repeat(100_000)}`,
      "007eJwBAAD//wAAAAE=",
    ],
    [
      `007${deflateSync(Buffer.alloc(10_000_000)).toString("base64")}`,
      `007${deflateSync(Buffer.alloc(40)).toString("base64")}`,
    ],
  ])("that is malformed or huge is refused", (...malformed) => {
    for (const token of malformed) expect(verdict(token)).toEqual(refused);
  });
});

describe("making a token", () => {
  it("refuses what agora-token would take without a word", () => {
    expect(() => new Tokens({ ...KEYS, appId: "x" })).toThrow();
    expect(() => new Tokens({ ...KEYS, certificate: "" })).toThrow();
    for (const ttlSeconds of [0, 86_401, 1.5, Number.NaN]) {
      expect(() => tokens.mint({ room, uid, kind: "join" }, ttlSeconds)).toThrow();
    }
  });
});
