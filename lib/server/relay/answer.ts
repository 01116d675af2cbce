import { type AcceptedSection, codecName, type ExtensionIds, extensionLines, type Offer } from "./offer";

/** What one slot of a page is sent under. */
export interface SlotStream {
  ssrc: number;
  /** That repairs it (RFC 4588). */
  repairSsrc: number | undefined;
}

export interface RelayTransport {
  iceUfrag: string;
  icePwd: string;
  /** SHA-256, as `AB:CD:…`. */
  fingerprint: string;
  /** The best first. */
  candidates: readonly { address: string; port: number }[];
}

/** RFC 8445 §5.1.2.1, for host candidates. */
const HOST_PREFERENCE = 126;

/**
 * Writes the answer: ICE-lite, passive DTLS, all that the page sends taken and a stream for each section that it receives.
 * The first section for sound and the first for a picture are of one stream of the browser's, the second ones too and so
 * on: what is played of one person in such a pair stays in step.
 */
export function buildAnswer(offer: Offer, transport: RelayTransport, slots: ReadonlyMap<string, SlotStream>): string {
  const counts = { audio: 0, video: 0 };
  const mids = offer.sections.filter(({ accepted }) => accepted).map(({ mid }) => mid);
  const lines = [
    "v=0",
    `o=- ${Date.now()} 1 IN IP4 127.0.0.1`,
    "s=-",
    "t=0 0",
    "a=ice-lite",
    `a=group:BUNDLE ${mids.join(" ")}`,
    "a=msid-semantic: WMS *",
  ];
  for (const { mid, media, protocol, accepted } of offer.sections) {
    if (!accepted) {
      lines.push(`m=${media} 0 ${protocol} 0`, "c=IN IP4 0.0.0.0", `a=mid:${mid}`, "a=inactive");
      continue;
    }
    const slot = slots.get(mid);
    lines.push(
      `m=${media} 9 ${protocol} ${[accepted.payloadType, accepted.repairPayloadType].filter(isGiven).join(" ")}`,
      "c=IN IP4 0.0.0.0",
      "a=rtcp:9 IN IP4 0.0.0.0",
      `a=ice-ufrag:${transport.iceUfrag}`,
      `a=ice-pwd:${transport.icePwd}`,
      `a=fingerprint:sha-256 ${transport.fingerprint}`,
      "a=setup:passive",
      `a=mid:${mid}`,
      ...extensionLines(usedExtensions(accepted)),
      `a=${DIRECTIONS[accepted.direction]}`,
      "a=rtcp-mux",
      // No a=rtcp-rsize: what a page says of its downlink then comes with a report, which tells how long packets take.
      ...codecLines(accepted),
      ...(accepted.kind === "audio" && accepted.direction === "sends" ? [`a=ptime:${SOUND_PACKET_MS}`] : []),
      ...(slot ? slotLines(slot, mid, counts[accepted.kind]) : []),
      ...ridLines(accepted),
      ...candidateLines(transport.candidates),
    );
    if (slot) counts[accepted.kind]++;
  }
  return `${lines.join("\r\n")}\r\n`;
}

/**
 * Browsers ask for sound that was lost where they are offered to (`HasNack` in WebRTC's `media/engine/webrtc_voice_engine.cc`),
 * though they do not offer it.
 */
const FEEDBACK = {
  audio: ["transport-cc", "nack"],
  video: ["transport-cc", "ccm fir", "nack", "nack pli"],
} as const;

/**
 * How much sound each packet is to bear (RFC 8866 §6.4). Of 20 ms, the usual, a stream's headers take nearly as much of a narrow network as
 * its sound (27 of 59 kbit/s), and in a call of six most packets that a page and the relay handle are sound.
 */
const SOUND_PACKET_MS = 40;

const DIRECTIONS = { sends: "recvonly", receives: "sendonly", none: "inactive" } as const;

/** Each end tells the other when its packets come (transport-cc): whoever sends knows from it what the way bears. */
export function usedExtensions({ direction, extensions }: AcceptedSection): ExtensionIds {
  const { mid, rid, repairedRid, transportSequence, audioLevel } = extensions;
  const used =
    direction === "sends"
      ? { mid, rid, repairedRid, transportSequence, audioLevel }
      : { transportSequence, audioLevel };
  return Object.fromEntries(Object.entries(used).filter(([, id]) => id !== undefined));
}

function codecLines(section: AcceptedSection): string[] {
  const { kind, payloadType, repairPayloadType, formatParameters } = section;
  const lines = [`a=rtpmap:${payloadType} ${codecName(kind)}`];
  if (formatParameters !== undefined) lines.push(`a=fmtp:${payloadType} ${formatParameters}`);
  for (const feedback of FEEDBACK[kind]) lines.push(`a=rtcp-fb:${payloadType} ${feedback}`);
  if (repairPayloadType !== undefined) {
    lines.push(`a=rtpmap:${repairPayloadType} rtx/90000`, `a=fmtp:${repairPayloadType} apt=${payloadType}`);
  }
  return lines;
}

function slotLines({ ssrc, repairSsrc }: SlotStream, mid: string, index: number): string[] {
  const stream = `relay-${index}`;
  const lines = [`a=msid:${stream} relay-${mid}`];
  if (repairSsrc !== undefined) lines.push(`a=ssrc-group:FID ${ssrc} ${repairSsrc}`);
  for (const each of [ssrc, repairSsrc].filter(isGiven)) lines.push(`a=ssrc:${each} cname:${stream}`);
  return lines;
}

function ridLines({ direction, rids }: AcceptedSection): string[] {
  if (direction !== "sends" || rids.length === 0) return [];
  return [...rids.map((rid) => `a=rid:${rid} recv`), `a=simulcast:recv ${rids.join(";")}`];
}

function candidateLines(candidates: RelayTransport["candidates"]): string[] {
  const lines = candidates.map(({ address, port }, index) => {
    const priority = HOST_PREFERENCE * 2 ** 24 + (65_535 - index) * 2 ** 8 + 255;
    return `a=candidate:${index + 1} 1 udp ${priority} ${address} ${port} typ host`;
  });
  return [...lines, "a=end-of-candidates"];
}

function isGiven<T>(value: T | undefined): value is T {
  return value !== undefined;
}
