import { isIPv4 } from "node:net";
import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/app-error";
import { RoomName, Uid } from "@/lib/contracts/identifiers";
import { API_ROUTES, routeOf } from "./api-routes";
import { clientAddress } from "./client-address";
import { readSettings, WrongSettings } from "./env";
import { withReadablePath } from "./prepare-requests";
import { readJson } from "./request-body";
import { isSameSecret } from "./same-secret";
import { readToken } from "./token-format";
import { Tokens } from "./tokens";

describe("settings", () => {
  const NAMES = [
    "AGORA_APP_ID",
    "AGORA_APP_CERTIFICATE",
    "DATABASE_PATH",
    "PORT",
    "TOKEN_TTL_SECONDS",
    "ICE_SERVERS",
    "TURN_URL",
    "TURN_SECRET",
    "EMBEDDED_MAX_MEMBERS",
    "EMBEDDED_TOPOLOGY",
    "RELAY_PORT",
    "RELAY_ADDRESS",
    "TRUST_PROXY",
    "RATE_LIMITS",
    "MAX_STREAMS",
    "METRICS_TOKEN",
    "LOG_FORMAT",
  ] as const;
  const value = fc.oneof(
    fc.string(),
    fc.json(),
    fc.integer().map(String),
    fc.ipV6(),
    fc.constantFrom("on", "1e9", "-0", "0x10"),
  );

  it("whatever they are, are read or refused in sentences that name a setting, and no value is repeated", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 17 }), (env) => {
        try {
          const settings = readSettings(env);
          expect(settings.embeddedMaxMembers).toBeGreaterThan(0);
          expect(settings.tokenTtlSeconds).toBeGreaterThanOrEqual(40);
        } catch (error) {
          if (!(error instanceof WrongSettings)) throw error;
          for (const problem of error.problems) expect(problem).toMatch(/^[A-Z_]+ (must|and) .+\.$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a token", () => {
  const tokens = new Tokens({ appId: "a".repeat(32), certificate: "b".repeat(32) });
  const genuine = tokens.mint({ room: v.parse(RoomName, "MAIN"), uid: v.parse(Uid, 7), kind: "join" }, 600).token;

  const isRefused = (token: string) => {
    try {
      tokens.verify(token);
      return false;
    } catch (error) {
      if (error instanceof AppError && error.code === "token_invalid") return true;
      throw error;
    }
  };

  it("of any text is refused, and nothing else comes of it", () => {
    const base64 = fc.uint8Array({ maxLength: 300 }).map((bytes) => `007${Buffer.from(bytes).toString("base64")}`);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), base64), isRefused), { numRuns: 500 });
  });

  it("that is bent anywhere is refused: a letter changed, put in, left out, or moved", () => {
    const at = fc.nat(genuine.length - 1);
    const letter = fc.constantFrom(..."ABCXYZabcxyz0189+/= ");
    fc.assert(
      fc.property(at, letter, fc.constantFrom("change", "insert", "cut", "swap"), (index, put, how) => {
        const [before, after] = [genuine.slice(0, index), genuine.slice(index + 1)];
        const bent = {
          change: before + put + after,
          insert: before + put + genuine.slice(index),
          cut: before + after,
          swap: before + after.slice(0, 1) + genuine.charAt(index) + after.slice(1),
        }[how];
        return bent === genuine || isRefused(bent);
      }),
      { numRuns: 1_000 },
    );
    expect(isRefused(genuine)).toBe(false);
  });

  it("whose content is bent anywhere, and packed again as it should be, is refused", () => {
    const content = inflateSync(Buffer.from(genuine.slice(3), "base64"));
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bent = Buffer.from(content);
        bent.writeUInt8(bent.readUInt8(at) ^ change, at);
        return isRefused(`007${deflateSync(bent).toString("base64")}`);
      }),
      { numRuns: 500 },
    );
    expect(isRefused(`007${deflateSync(content).toString("base64")}`)).toBe(false);
  });

  it("is read in bounded space, however much it would inflate to", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 760 }), (bytes) => {
        const read = readToken(`007${Buffer.from(bytes).toString("base64")}`);
        return read === undefined || read.room.length <= 1_024;
      }),
    );
  });

  it("of the operator's is compared as it is, of whichever length", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => isSameSecret(a, b) === (a === b) && isSameSecret(a, a)));
  });
});

describe("the caller's address", () => {
  const header = fc.option(
    fc.oneof(
      fc.string(),
      fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), { maxLength: 6 }).map((hops) => hops.join(", ")),
    ),
    { nil: undefined },
  );
  const socket = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.ipV4().map((address) => `::ffff:${address}`),
  );

  it("is an IPv4 address or a /64, or unknown, whatever was sent", () => {
    fc.assert(
      fc.property(fc.oneof(socket, fc.string()), header, fc.nat(5), (address, forwarded, proxies) => {
        const read = clientAddress(address, forwarded, proxies);
        expect(isIPv4(read) || read === "unknown" || /^([0-9a-f]{1,4}:){4}:\/64$/.test(read), read).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("without a proxy does not depend on the header; with one, not on what the caller put left of the proxy's word", () => {
    fc.assert(
      fc.property(socket, header, fc.ipV4(), (address, forwarded, seen) => {
        expect(clientAddress(address, forwarded, 0)).toBe(clientAddress(address, undefined, 0));
        expect(clientAddress(address, `${forwarded ?? ""}, ${seen}`, 1)).toBe(seen);
      }),
    );
  });

  it("of IPv6 is the same for all of a /64, and another for another", () => {
    const groups = (count: number) => fc.array(fc.nat(0xffff), { minLength: count, maxLength: count });
    fc.assert(
      fc.property(groups(4), groups(4), groups(4), (network, one, other) => {
        const address = (host: number[]) => [...network, ...host].map((group) => group.toString(16)).join(":");
        const read = clientAddress(address(one), undefined, 0);
        expect(clientAddress(address(other), undefined, 0)).toBe(read);
        const neighbour = [...network.slice(0, 3), (network[3] ?? 0) ^ 1, ...one];
        expect(clientAddress(neighbour.map((group) => group.toString(16)).join(":"), undefined, 0)).not.toBe(read);
      }),
    );
  });
});

describe("a path", () => {
  const path = fc.array(fc.oneof(fc.string(), fc.constantFrom("%", "%E0%A4", "%00", "..", "/", "?", "%2f", "ä")), {
    maxLength: 8,
  });

  it("is decodable afterwards, and one that was so already is left alone", () => {
    fc.assert(
      fc.property(path, (pieces) => {
        const url = `/${pieces.join("/")}`;
        const read = withReadablePath(url);
        const [pathname = ""] = read.split("?");
        for (const segment of pathname.split("/")) expect(() => decodeURIComponent(segment)).not.toThrow();
        expect(withReadablePath(read)).toBe(read);
      }),
    );
  });

  it("has one of a bounded number of names in the figures", () => {
    fc.assert(fc.property(path, (pieces) => [...API_ROUTES, "other"].includes(routeOf(`/api/${pieces.join("/")}`))));
  });
});

describe("a body", () => {
  const post = (body: ReadableStream<Uint8Array>, headers: Record<string, string>) =>
    new Request("http://mychat.test/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
  const chunksOf = (chunks: readonly Uint8Array[]) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
  const refusal = /^(unsupported_media_type|too_large|invalid_request)$/;

  it("of any bytes, in any pieces, is read or refused; JSON is read as it is", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((json) => new TextEncoder().encode(json)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(20), fc.option(fc.string({ maxLength: 8 })), async (body, size, type) => {
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < body.length; at += size + 1) chunks.push(body.subarray(at, at + size + 1));
        const contentType = type === null ? "application/json" : encodeURIComponent(type);
        try {
          const read = await readJson(post(chunksOf(chunks), { "content-type": contentType }), { maxBytes: 150 });
          expect(read).toEqual(JSON.parse(new TextDecoder().decode(body)));
          expect(body.length).toBeLessThanOrEqual(150);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).code).toMatch(refusal);
        }
      }),
      { numRuns: 300 },
    );
  });
});
