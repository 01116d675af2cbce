import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { ErrorBody } from "./errors";
import { parseRoomEvent, ROOM_EVENT_DATA } from "./events";
import * as hosting from "./hosting";
import * as http from "./http";
import { Instance, RoomName, RtcToken, Uid } from "./identifiers";
import * as members from "./members";
import * as relay from "./relay";
import { MessageText, PersonName } from "./text";

/** Any text: plain, of any code points, of halves of them, long. */
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 80 }),
  fc.string({ minLength: 1_900, maxLength: 2_100 }),
);

describe("a room's name", () => {
  it("is taken only as 1 to 64 of A–Z 0–9 _ -, and read again is itself", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.stringMatching(/^[\sa-zA-Z0-9_-]{0,80}$/)), (typed) => {
        const read = v.safeParse(RoomName, typed);
        if (!read.success) return;
        expect(read.output).toMatch(/^[A-Z0-9_-]{1,64}$/);
        expect(v.parse(RoomName, read.output)).toBe(read.output);
        expect(encodeURIComponent(read.output)).toBe(read.output);
      }),
    );
  });
});

describe("what people write", () => {
  it("a name has 1 to 50 characters, no control ones, and read again is itself", () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const read = v.safeParse(PersonName, typed);
        if (!read.success) return;
        expect([...read.output].length).toBeLessThanOrEqual(50);
        expect(read.output).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(read.output.trim()).toBe(read.output);
        expect(v.parse(PersonName, read.output)).toBe(read.output);
      }),
    );
  });

  it("a message has 1 to 2000 characters, can be sent as UTF-8, and read again is itself", () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const read = v.safeParse(MessageText, typed);
        if (!read.success) return;
        expect([...read.output].length).toBeLessThanOrEqual(2_000);
        expect(Buffer.from(read.output).toString()).toBe(read.output);
        expect(v.parse(MessageText, read.output)).toBe(read.output);
      }),
    );
  });
});

describe("identifiers", () => {
  it("a uid is a whole number from 1 to 2^32 − 1 and nothing else", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const isUid =
          Number.isInteger(value) && Number(value) >= 1 && Number(value) < 2 ** 32 && typeof value === "number";
        expect(v.safeParse(Uid, value).success).toBe(isUid);
      }),
    );
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), (value) => v.safeParse(Uid, value).success));
  });

  it("an instance is a UUID, in 36 characters that need no escaping", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.uuid(), anyText), (value) => {
        const read = v.safeParse(Instance, value);
        if (read.success) expect(read.output).toMatch(/^[0-9a-fA-F-]{36}$/);
      }),
    );
    fc.assert(fc.property(fc.uuid(), (value) => v.safeParse(Instance, value).success));
  });
});

const SCHEMAS = Object.entries({ ...http, ...hosting, ...members, ...relay, ErrorBody, RtcToken }).flatMap(
  ([name, value]) => (typeof value === "object" && "~run" in value ? [[name, value] as const] : []),
);

describe("every schema", () => {
  it("there are", () => {
    expect(SCHEMAS.length).toBeGreaterThan(30);
  });

  it.each(SCHEMAS)("%s refuses or takes whatever comes, and never throws", (_name, schema) => {
    fc.assert(
      fc.property(fc.oneof(fc.anything({ withNullPrototype: true, withBigInt: true }), fc.jsonValue()), (value) => {
        const read = v.safeParse(schema, value);
        if (read.success) expect(v.safeParse(schema, read.output).success).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("an event of the stream", () => {
  it("of any type, with any data, is read, unknown or refused: never anything between", () => {
    const type = fc.oneof(fc.constantFrom(...Object.keys(ROOM_EVENT_DATA), "__proto__", "constructor"), fc.string());
    const data = fc.oneof(fc.json(), fc.string());
    fc.assert(
      fc.property(type, data, (eventType, text) => {
        try {
          const event = parseRoomEvent(eventType, text);
          if (event) expect(event.type).toBe(eventType);
        } catch (error) {
          expect(["SyntaxError", "ValiError"]).toContain((error as Error).constructor.name);
        }
      }),
    );
  });
});
