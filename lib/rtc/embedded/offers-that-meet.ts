/**
 * Two offers that were made before either side knew of the other: where they say the same of all but their own end, each is as good as
 * an answer to the other, and a whole exchange of descriptions is saved. Both ends tell by the same two texts, so they agree.
 */

/** What is each end's own: where it is reached and what proves that it is it, and the names of what it sends. */
const OWN_LINES =
  /^(?:o=|c=|a=(?:candidate|end-of-candidates|fingerprint|ice-ufrag|ice-pwd|msid|msid-semantic|rtcp|ssrc|ssrc-group)(?::|$))/;
/**
 * Which rules these are. Both ends have to tell by the same ones, and a page may be older than an update of its server: count up at each
 * change of what is taken for the same.
 */
export const MEETING_RULES = 1;

const PORT = /^(m=\w+) \d+ /;
const EITHER_ROLE = "a=setup:actpass";

/** @returns whether each of the two offers may be taken for an answer to the other */
export function offersMeet(one: string, other: string): boolean {
  const shape = shapeOf(one);
  return shape === shapeOf(other) && shape.includes(EITHER_ROLE) && !shape.includes("a=bundle-only");
}

/**
 * @param isTheirsActive whether the offering end is the one to begin with DTLS: what an answer has to decide, RFC 8842 §5.3
 * @returns the offer's SDP as that of an answer
 */
export function asAnswer(offer: string, isTheirsActive: boolean): string {
  return offer.replaceAll(EITHER_ROLE, `a=setup:${isTheirsActive ? "active" : "passive"}`);
}

function shapeOf(sdp: string): string {
  const lines = sdp.split("\r\n").filter((line) => !OWN_LINES.test(line));
  return lines.map((line) => line.replace(PORT, "$1 ")).join("\n");
}
