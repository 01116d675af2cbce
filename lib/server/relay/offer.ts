/** What the relay takes of each kind: one codec, so that whatever one sends any other can play. */
const CODECS = { audio: "opus/48000/2", video: "VP8/90000" } as const;

export type MediaKind = keyof typeof CODECS;

/** Header extensions, by what the relay uses them for. */
const EXTENSION_URIS = {
  mid: "urn:ietf:params:rtp-hdrext:sdes:mid",
  rid: "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
  repairedRid: "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
  transportSequence: "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
  audioLevel: "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
} as const;
type ExtensionName = keyof typeof EXTENSION_URIS;
export type ExtensionIds = Partial<Record<ExtensionName, number>>;

/** One media section of an offer (RFC 8866 §5.14). */
export interface OfferedSection {
  mid: string;
  /** Of the `m=` line, `application` for example. */
  media: string;
  protocol: string;
  /** `undefined`: one that is refused. */
  accepted: AcceptedSection | undefined;
}

export interface AcceptedSection {
  kind: MediaKind;
  /** By the page. `none`: neither, an inactive section. */
  direction: "sends" | "receives" | "none";
  payloadType: number;
  /** That retransmits it (RFC 4588). */
  repairPayloadType: number | undefined;
  formatParameters: string | undefined;
  extensions: ExtensionIds;
  /** The encodings that the page sends, from the smallest (RFC 8853); empty: one alone. */
  rids: string[];
  /** Streams that the offer names, where it has no RIDs; the second repairs the first. */
  ssrcs: { ssrc: number; repairSsrc: number | undefined } | undefined;
}

export interface Fingerprint {
  algorithm: string;
  value: string;
}

export interface Offer {
  sections: OfferedSection[];
  iceUfrag: string;
  fingerprints: Fingerprint[];
}

/** A sentence about an offer that the relay can't answer. */
export class UnusableOffer extends Error {
  override readonly name = "UnusableOffer";
}

const MAX_SECTIONS = 260;
const MAX_RIDS = 3;

/**
 * Reads a browser's offer.
 *
 * @throws {UnusableOffer}
 */
export function parseOffer(sdp: string): Offer {
  const [session = [], ...media] = blocksOf(sdp);
  if (media.length === 0) throw new UnusableOffer("The offer has no media.");
  if (media.length > MAX_SECTIONS) throw new UnusableOffer(`The offer has more than ${MAX_SECTIONS} sections.`);
  const all = [...session, ...media.flat()];
  const iceUfrag = attributeOf(all, "a=ice-ufrag:");
  const fingerprints = attributesOf(all, "a=fingerprint:").flatMap((text): Fingerprint[] => {
    const [algorithm, value] = text.split(" ");
    return algorithm && value ? [{ algorithm: algorithm.toLowerCase(), value: value.toUpperCase() }] : [];
  });
  if (iceUfrag === undefined || fingerprints.length === 0) {
    throw new UnusableOffer("The offer has no ICE user fragment or no fingerprint.");
  }
  const setup = attributeOf(all, "a=setup:");
  if (setup !== "actpass" && setup !== "active") {
    throw new UnusableOffer("The offer does not let the relay wait for DTLS (a=setup).");
  }
  const sections = media.map(sectionOf);
  const bundled = (attributeOf(session, "a=group:BUNDLE ") ?? "").split(" ");
  for (const section of sections) {
    if (section.accepted && !bundled.includes(section.mid)) throw new UnusableOffer("The offer is not bundled.");
  }
  if (new Set(sections.map(({ mid }) => mid)).size !== sections.length) {
    throw new UnusableOffer("The offer has two sections of one mid.");
  }
  return { sections, iceUfrag, fingerprints: uniqueOf(fingerprints) };
}

function sectionOf(lines: readonly string[]): OfferedSection {
  const [media = "", , protocol = "UDP/TLS/RTP/SAVPF", ...formats] = (attributeOf(lines, "m=") ?? "").split(" ");
  const mid = attributeOf(lines, "a=mid:");
  if (mid === undefined || !/^[\w-]{1,16}$/.test(mid)) throw new UnusableOffer("A section of the offer has no mid.");
  if (!/^[a-z]{1,16}$/.test(media) || !/^[\w/]{1,32}$/.test(protocol)) {
    throw new UnusableOffer("A section of the offer has no media.");
  }
  const refused = { mid, media, protocol, accepted: undefined };
  if (media !== "audio" && media !== "video") return refused;
  if (!lines.includes("a=rtcp-mux")) return refused;
  const payloadType = payloadTypeOf(lines, CODECS[media], formats);
  if (payloadType === undefined) return refused;
  const repairPayloadType = formats.map(Number).find((format) => lines.includes(`a=fmtp:${format} apt=${payloadType}`));
  return {
    mid,
    media,
    protocol,
    accepted: {
      kind: media,
      direction: directionOf(lines),
      payloadType,
      repairPayloadType,
      formatParameters: attributeOf(lines, `a=fmtp:${payloadType} `),
      extensions: extensionsOf(lines),
      rids: ridsOf(lines),
      ssrcs: ssrcsOf(lines),
    },
  };
}

function payloadTypeOf(lines: readonly string[], codec: string, formats: readonly string[]): number | undefined {
  for (const text of attributesOf(lines, "a=rtpmap:")) {
    const [format = "", name] = text.split(" ");
    if (name?.toLowerCase() === codec.toLowerCase() && formats.includes(format) && isByte(format))
      return Number(format);
  }
  return undefined;
}

function isByte(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) < 128;
}

function directionOf(lines: readonly string[]): AcceptedSection["direction"] {
  if (lines.includes("a=recvonly")) return "receives";
  if (lines.includes("a=inactive")) return "none";
  return "sends";
}

function extensionsOf(lines: readonly string[]): ExtensionIds {
  const ids: ExtensionIds = {};
  for (const text of attributesOf(lines, "a=extmap:")) {
    const [id = "", uri] = text.split(" ");
    for (const [name, known] of Object.entries(EXTENSION_URIS)) {
      // One byte has room for these.
      if (uri === known && /^([1-9]|1[0-4])$/.test(id)) ids[name as ExtensionName] = Number(id);
    }
  }
  return ids;
}

/** @returns the RIDs in the order of `a=simulcast`, which browsers keep from the smallest to the largest */
function ridsOf(lines: readonly string[]): string[] {
  const list = /^send ([^ ]+)/.exec(attributeOf(lines, "a=simulcast:") ?? "")?.[1];
  if (list === undefined) return [];
  const rids = list.split(";").map((alternatives) => (alternatives.split(",")[0] ?? "").replace("~", ""));
  if (rids.length > MAX_RIDS || rids.some((rid) => !/^\w{1,16}$/.test(rid))) {
    throw new UnusableOffer(`The offer has more than ${MAX_RIDS} encodings of a picture, or one without a name.`);
  }
  return rids;
}

function ssrcsOf(lines: readonly string[]): AcceptedSection["ssrcs"] {
  const [ssrc, repairSsrc] = (attributeOf(lines, "a=ssrc-group:FID ") ?? "").split(" ").map(Number);
  if (ssrc && repairSsrc) return { ssrc: ssrc >>> 0, repairSsrc: repairSsrc >>> 0 };
  const alone = Number.parseInt(attributeOf(lines, "a=ssrc:") ?? "", 10);
  return Number.isNaN(alone) ? undefined : { ssrc: alone >>> 0, repairSsrc: undefined };
}

export function extensionLines(ids: ExtensionIds): string[] {
  return Object.entries(ids).map(([name, id]) => `a=extmap:${id} ${EXTENSION_URIS[name as ExtensionName]}`);
}

export function codecName(kind: MediaKind): string {
  return CODECS[kind];
}

function blocksOf(sdp: string): string[][] {
  const blocks: string[][] = [[]];
  for (const line of sdp.split(/\r?\n/)) {
    if (line.startsWith("m=")) blocks.push([]);
    blocks[blocks.length - 1]?.push(line);
  }
  return blocks;
}

function attributesOf(lines: readonly string[], prefix: string): string[] {
  return lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length).trim());
}

function attributeOf(lines: readonly string[], prefix: string): string | undefined {
  return lines
    .find((line) => line.startsWith(prefix))
    ?.slice(prefix.length)
    .trim();
}

function uniqueOf(fingerprints: readonly Fingerprint[]): Fingerprint[] {
  return [...new Map(fingerprints.map((print) => [`${print.algorithm} ${print.value}`, print])).values()];
}
