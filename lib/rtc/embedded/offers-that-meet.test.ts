import { expect, test } from "vitest";
import { asAnswer, offersMeet } from "./offers-that-meet";

/** What two browsers of one kind say, but for what is each one's own. */
function offer({ id = "1", port = 9, codecs = "111 63", extra = [] as string[] } = {}): string {
  return [
    "v=0",
    `o=- ${id} 2 IN IP4 127.0.0.1`,
    "a=group:BUNDLE 0",
    `a=msid-semantic: WMS stream-${id}`,
    `m=audio ${port} UDP/TLS/RTP/SAVPF ${codecs}`,
    `c=IN IP4 192.0.2.${id}`,
    `a=rtcp:${port} IN IP4 0.0.0.0`,
    `a=candidate:1 1 udp 2122 192.0.2.${id} ${port} typ host`,
    `a=ice-ufrag:u${id}`,
    `a=ice-pwd:p${id}`,
    `a=fingerprint:sha-256 AB:0${id}`,
    "a=setup:actpass",
    "a=mid:0",
    "a=rtcp-mux",
    `a=msid:stream-${id} track-${id}`,
    `a=ssrc:${id} cname:c${id}`,
    ...extra,
    "",
  ].join("\r\n");
}

test("two offers that differ in what is each one's own are an answer to each other", () => {
  expect(
    offersMeet(offer(), offer({ id: "2", port: 40_000, extra: ["a=ssrc-group:FID 2 3", "a=end-of-candidates"] })),
  ).toBe(true);
});

test.each([
  ["of other codecs", { codecs: "63 111" }],
  ["that says more", { extra: ["a=rtcp-mux-only"] }],
  ["that says no more than a word like it", { extra: ["a=rtcp-rsize"] }],
])("one %s does not meet it, whichever is asked of first", (_what, options) => {
  const other = offer({ id: "2", ...options });
  expect(offersMeet(offer(), other)).toBe(false);
  expect(offersMeet(other, offer())).toBe(false);
});

test("lines that as an answer would be refused, or a role that is taken already, meet nothing", () => {
  const bundled = { extra: ["a=bundle-only"] };
  expect(offersMeet(offer(bundled), offer({ id: "2", ...bundled }))).toBe(false);
  expect(offersMeet(asAnswer(offer(), true), asAnswer(offer({ id: "2" }), true))).toBe(false);
});

test("taken for an answer it says who begins, and nothing else is changed", () => {
  expect(asAnswer(offer(), true)).toBe(offer().replace("actpass", "active"));
  expect(asAnswer(offer(), false)).toBe(offer().replace("actpass", "passive"));
});
