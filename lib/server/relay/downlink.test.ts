import * as v from "valibot";
import { beforeEach, describe, expect, it } from "vitest";
import { Uid } from "@/lib/contracts/identifiers";
import { Downlink } from "./downlink";
import { Encoding } from "./encoding";
import { parseOffer } from "./offer";
import { Publication } from "./publication";
import { buildTransportFeedback, parseRtcp, type RtcpPacket } from "./rtcp";
import { extensionOf, parseRtp, type RtpPacket } from "./rtp-packet";
import { offerOf } from "./testing/offer";
import { TransportFeedback } from "./transport-feedback";

const FRAME_MS = 66;
const ADA = v.parse(Uid, 1);
/** What Ada's picture is sent in: the height, and how many packets of 1,000 bytes a frame takes. */
const SIZES = [
  { rid: "q", height: 180, packets: 1 },
  { rid: "h", height: 360, packets: 4 },
  { rid: "f", height: 720, packets: 12 },
] as const;

const PICTURE = { kind: "video", rids: SIZES.map(({ rid }) => rid), extensions: {} } as const;

/** At 32 kbit/s. */
const SOUND_BYTES = 264;

const TRANSPORT_SEQUENCE_ID = 3;
/** What a home's router keeps of what is too much, before it loses it. */
const QUEUE_MS = 200;
const WAY_MS = 20;
/** Of the page's clock, which is not the relay's. */
const CLOCK_IS_OFF_MS = 1_234_567;

/** Somebody who watches and hears Ada over a line of their own. */
class Viewer {
  readonly downlink: Downlink;
  /** What was sent, in their order; padding is no payload, but counts. */
  readonly sent: (RtpPacket & { bytes: number })[] = [];
  readonly again: Buffer[] = [];
  readonly #arrivals = new TransportFeedback();
  #onTheWay: { sequence: number; atMs: number }[] = [];
  #bears = 8_000_000;
  #lossRate = 0;
  #number = 0;
  #isFreeAtMs = 0;

  constructor() {
    const rtp = (packet: Buffer) => {
      this.#carry(packet);
      return packet;
    };
    this.downlink = new Downlink(parseOffer(offerOf()).sections, {
      rtp,
      again: (packet) => this.again.push(packet),
      rtcp: () => undefined,
    });
    this.show(720);
  }

  show(height: number): void {
    this.downlink.ask([
      { mid: "2", uid: ADA },
      { mid: "3", uid: ADA, height },
    ]);
  }

  /** From now on its line bears so many bits a second. */
  bear(bitsPerSecond: number): void {
    this.#bears = bitsPerSecond;
  }

  /** From now on of so many packets in a row one is lost. */
  loseOneOf(packets: number): void {
    this.#lossRate = 1 / packets;
  }

  #carry(packet: Buffer): void {
    const parsed = parseRtp(packet);
    if (!parsed) return;
    this.sent.push({ ...parsed, bytes: packet.length });
    this.#number++;
    const startsAtMs = Math.max(clock.nowMs, this.#isFreeAtMs);
    const isLost = this.#lossRate > 0 && this.#number % Math.round(1 / this.#lossRate) === 0;
    if (isLost || startsAtMs - clock.nowMs > QUEUE_MS) return;
    this.#isFreeAtMs = startsAtMs + (packet.length * 8 * 1_000) / this.#bears;
    const sequence = extensionOf(parsed, TRANSPORT_SEQUENCE_ID)?.readUInt16BE(0);
    if (sequence !== undefined) this.#onTheWay.push({ sequence, atMs: this.#isFreeAtMs + WAY_MS });
  }

  tick(): void {
    this.downlink.tick(clock.nowMs);
    for (const { sequence, atMs } of this.#onTheWay.filter((packet) => packet.atMs <= clock.nowMs)) {
      this.#arrivals.receive(sequence, atMs + CLOCK_IS_OFF_MS);
    }
    this.#onTheWay = this.#onTheWay.filter((packet) => packet.atMs > clock.nowMs);
    const body = this.#arrivals.report();
    if (!body) return;
    for (const packet of parseRtcp(buildTransportFeedback(1, body))) {
      this.downlink.receiveRtcp(packet, clock.nowMs);
    }
  }

  /** What came since this was last asked: packets of sound, and of the picture, its repairs apart. */
  take() {
    const taken = this.sent.splice(0);
    return {
      sound: taken.filter(({ payloadType }) => payloadType === 111),
      picture: taken.filter(({ payloadType }) => payloadType === 96),
      padding: taken.filter(({ payloadType }) => payloadType === 97),
    };
  }

  get rid(): string | null | undefined {
    return this.downlink.flow[0]?.rid;
  }
}

let clock: { nowMs: number };
let sound: Publication;
let picture: Publication;
let frames: number;
let keyFramesAtMs: number;
/** The sizes that Ada's page sends just now. */
let made: string[];
/** The temporal layers of her frames, which are gone through again and again. */
let layers: readonly number[];

beforeEach(() => {
  clock = { nowMs: 10_000 };
  frames = 0;
  keyFramesAtMs = Number.NEGATIVE_INFINITY;
  made = SIZES.map(({ rid }) => rid);
  layers = [0];
  sound = new Publication({ kind: "audio", rids: [], extensions: {} });
  picture = new Publication(PICTURE);
  beginStreams();
});

/** Something of each stream has come. */
function beginStreams(): void {
  sound.encodings.set("", new Encoding({ kind: "audio", rid: "", index: 0, ssrc: 1 }));
  for (const [index, { rid }] of SIZES.entries()) {
    picture.encodings.set(rid, new Encoding({ kind: "video", rid, index, ssrc: 10 + index }));
  }
}

/** Ada speaks and moves for so long, and everyone's downlink does its work. */
function pass(ms: number, viewers: readonly Viewer[]): void {
  for (const endMs = clock.nowMs + ms; clock.nowMs < endMs; clock.nowMs += FRAME_MS) {
    for (const encoding of sound.encodings.values()) {
      sound.receive(encoding, packetOf(encoding, frames, Buffer.alloc(SOUND_BYTES)), 100, clock.nowMs);
    }
    // As browsers do it: one of every size, and none for what asks too soon after another.
    const isAsked = picture.takeAsks(clock.nowMs).length > 0 && clock.nowMs - keyFramesAtMs >= 300;
    if (isAsked) keyFramesAtMs = clock.nowMs;
    for (const [index, { rid, packets }] of SIZES.entries()) {
      const encoding = picture.encodings.get(rid);
      if (encoding && made.includes(rid)) sendFrame(encoding, index, packets, isAsked);
    }
    for (const viewer of viewers) {
      viewer.downlink.bind((_uid, kind) => (kind === "audio" ? sound : picture));
      viewer.tick();
    }
    frames++;
  }
}

function sendFrame(encoding: Encoding, index: number, packets: number, isAsked: boolean): void {
  const isKeyFrame = isAsked || frames === 0;
  for (let part = 0; part < packets; part++) {
    const payload = Buffer.alloc(1_000);
    const layer = isKeyFrame ? 0 : (layers[frames % layers.length] ?? 0);
    const extended = [0xa0, 0x80 | ((frames >> 8) & 0x7f), frames & 0xff, (layer << 6) | 0x20];
    payload.set([part === 0 ? 0x90 : 0x80, ...extended, isKeyFrame ? 0 : 1, 0, 0]);
    if (isKeyFrame && part === 0) payload.set([0x9d, 1, 0x2a], 8);
    const { height } = SIZES[index] ?? { height: 0 };
    payload.writeUInt16LE(height * 2, 11);
    payload.writeUInt16LE(height, 13);
    const packet = packetOf(encoding, frames * packets + part, payload);
    picture.receive(encoding, { ...packet, isMarked: part === packets - 1 }, 1_020, clock.nowMs);
  }
}

function packetOf({ kind, ssrc }: Encoding, number: number, payload: Buffer): RtpPacket {
  return {
    payloadType: kind === "audio" ? 111 : 96,
    isMarked: false,
    sequenceNumber: number % 2 ** 16,
    timestamp: frames * 6_000,
    ssrc,
    extensions: [],
    payload,
  };
}

/** How many packets have the time stamp of this one. */
function packetsOfFrame(packets: readonly RtpPacket[], index: number): number {
  return packets.filter(({ timestamp }) => timestamp === packets[index]?.timestamp).length;
}

describe("a downlink", () => {
  it("that is narrow is given a small picture and all of the sound, and costs the others nothing", () => {
    const [slow, fast] = [new Viewer(), new Viewer()];
    slow.bear(250_000);
    fast.bear(8_000_000);
    pass(4_000, [slow, fast]);
    slow.take();
    fast.take();
    pass(4_000, [slow, fast]);
    const [toSlow, toFast] = [slow.take(), fast.take()];
    expect([slow.rid, fast.rid]).toEqual(["q", "f"]);
    expect(toSlow.sound).toHaveLength(toFast.sound.length);
    const framesSent = toFast.picture.filter(({ isMarked }) => isMarked).length;
    expect(framesSent).toBe(Math.ceil(4_000 / FRAME_MS));
    expect(toSlow.picture.filter(({ isMarked }) => isMarked)).toHaveLength(framesSent);
    const bits = [...toSlow.picture, ...toSlow.sound].reduce((sum, { payload }) => sum + payload.length * 8, 0);
    expect(bits / 4).toBeLessThan(200_000);
  });

  it("changes sizes as one stream: no number is left out or used twice, and every stretch begins with a key frame", () => {
    const viewer = new Viewer();
    const all: RtpPacket[] = [];
    for (const said of [250_000, 8_000_000, 700_000, 40_000, 8_000_000]) {
      viewer.bear(said);
      pass(6_000, [viewer]);
      all.push(...viewer.take().picture);
    }
    const [first] = all;
    expect(all.map(({ sequenceNumber }) => sequenceNumber)).toEqual(
      all.map((_, index) => ((first?.sequenceNumber ?? 0) + index) % 2 ** 16),
    );
    const pictures = all.filter(({ isMarked }) => isMarked).map(({ payload }) => payload.readUInt16BE(2) & 0x7fff);
    expect(pictures).toEqual(pictures.map((_, index) => ((pictures[0] ?? 0) + index) % 2 ** 15));
    for (const [index, { payload }] of all.entries()) {
      // A frame of another size than the one before has another number of packets; its first byte after the numbers tells.
      const isStart = payload[0] === 0x90;
      const isOther = packetsOfFrame(all, index) !== packetsOfFrame(all, index - 1);
      if (isStart && isOther) expect(payload[5]).toBe(0);
    }
    const times = all.map(({ timestamp }) => timestamp);
    const steps = times.slice(1).map((time, index) => (time - (times[index] ?? 0) + 2 ** 32) % 2 ** 32);
    expect(Math.max(...steps)).toBeLessThan(90_000 * 10);
  });

  it("is given a stream from its first packet on, of which nobody has to ask for another", () => {
    for (const publication of [sound, picture]) publication.encodings.clear();
    const viewer = new Viewer();
    pass(FRAME_MS, [viewer]);
    expect(viewer.take()).toMatchObject({ sound: [], picture: [] });
    frames = 0;
    made = ["q"];
    beginStreams();
    // Less than it takes until what is to flow is chosen anew.
    pass(2 * FRAME_MS, [viewer]);
    const { sound: heard, picture: seen } = viewer.take();
    expect(heard).toHaveLength(2);
    expect(seen).toHaveLength(2);
    pass(1_000, [viewer]);
    expect(keyFramesAtMs).toBe(Number.NEGATIVE_INFINITY);
  });

  it("begins with the size that it is to have, if that comes while it waits for the smaller one that flowed before", () => {
    const viewer = new Viewer();
    pass(4_000, [viewer]);
    expect(viewer.rid).toBe("f");
    // Ada has come back by another connection, of which the first frame was not heard.
    picture = new Publication(PICTURE);
    beginStreams();
    made = ["q"];
    pass(2 * FRAME_MS, [viewer]);
    viewer.take();
    made = ["f"];
    frames = 0;
    pass(FRAME_MS, [viewer]);
    expect(viewer.take().picture.filter(({ isMarked }) => isMarked)).toHaveLength(1);
  });

  it("that bears not even the smallest size is given some of its frames, and all of them when it bears more", () => {
    layers = [0, 2, 1, 2];
    const viewer = new Viewer();
    viewer.show(180);
    viewer.bear(120_000);
    pass(8_000, [viewer]);
    viewer.take();
    pass(8_000, [viewer]);
    const some = viewer.take().picture;
    const layersOf = (packets: readonly RtpPacket[]) => packets.map(({ payload }) => (payload[4] ?? 0) >> 6);
    expect(some.length).toBeGreaterThan(8_000 / FRAME_MS / 5);
    expect(layersOf(some)).not.toContain(2);
    viewer.bear(8_000_000);
    pass(20_000, [viewer]);
    const more = viewer.take().picture;
    expect(layersOf(more)).toContain(2);
    // As one stream: nobody asks for what was left out.
    const all = [...some, ...more];
    const numbers = all.map(({ sequenceNumber }) => sequenceNumber);
    expect(numbers).toEqual(numbers.map((_, index) => ((numbers[0] ?? 0) + index) % 2 ** 16));
    const pictures = all.filter(({ isMarked }) => isMarked).map(({ payload }) => payload.readUInt16BE(2) & 0x7fff);
    expect(pictures).toEqual(pictures.map((_, index) => ((pictures[0] ?? 0) + index) % 2 ** 15));
  });

  it("that bears no picture at all has the sound alone, and says so", () => {
    const viewer = new Viewer();
    viewer.bear(8_000_000);
    pass(2_000, [viewer]);
    viewer.bear(60_000);
    pass(4_000, [viewer]);
    viewer.take();
    pass(1_000, [viewer]);
    const { sound: heard, picture: seen } = viewer.take();
    expect(viewer.rid).toBeNull();
    expect(seen).toHaveLength(0);
    expect(heard).toHaveLength(Math.ceil(1_000 / FRAME_MS));
  });

  it("is not given a larger size than it bears while the one that it is to have is not sent yet", () => {
    const viewer = new Viewer();
    viewer.bear(250_000);
    pass(4_000, [viewer]);
    expect(viewer.rid).toBe("q");
    made = ["f"];
    pass(500, [viewer]);
    viewer.take();
    pass(1_500, [viewer]);
    expect(viewer.take().picture).toHaveLength(0);
    made = ["q", "f"];
    pass(2_000, [viewer]);
    const seen = viewer.take().picture;
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.every((_, index) => packetsOfFrame(seen, index) === 1)).toBe(true);
  });

  it("is given the larger size that there is, where it bears it or no smaller one ever comes", () => {
    made = ["f"];
    const viewer = new Viewer();
    viewer.show(180);
    viewer.bear(8_000_000);
    pass(1_000, [viewer]);
    expect(viewer.take().picture.length).toBeGreaterThan(0);
    viewer.bear(300_000);
    pass(4_000, [viewer]);
    viewer.take();
    pass(500, [viewer]);
    expect(viewer.take().picture.length).toBeGreaterThan(0);
  });

  it("comes from sound alone back to its picture when its network does", () => {
    const viewer = new Viewer();
    viewer.bear(8_000_000);
    pass(2_000, [viewer]);
    viewer.bear(10_000);
    pass(4_000, [viewer]);
    expect(viewer.rid).toBeNull();
    viewer.bear(8_000_000);
    pass(30_000, [viewer]);
    expect(viewer.rid).not.toBeNull();
  });

  it("is led upwards with padding where more is wanted, and left alone where it is not", () => {
    const viewer = new Viewer();
    viewer.bear(250_000);
    pass(4_000, [viewer]);
    expect(viewer.take().padding.length).toBeGreaterThan(0);
    viewer.show(180);
    pass(1_000, [viewer]);
    viewer.take();
    pass(4_000, [viewer]);
    expect(viewer.rid).toBe("q");
    expect(viewer.take().padding).toHaveLength(0);
  });

  it("is sent again what was lost, in a stream of its own", () => {
    const viewer = new Viewer();
    viewer.bear(8_000_000);
    pass(1_000, [viewer]);
    const { picture: seen } = viewer.take();
    const lost = seen[seen.length - 3];
    if (!lost) throw new Error("Nothing was sent.");
    const nack: RtcpPacket = { type: "nack", mediaSsrc: lost.ssrc, sequenceNumbers: [lost.sequenceNumber] };
    viewer.downlink.receiveRtcp(nack, clock.nowMs);
    viewer.downlink.receiveRtcp(nack, clock.nowMs + 1);
    const [repair, ...more] = viewer.take().padding;
    expect(more).toHaveLength(0);
    expect(repair?.ssrc).not.toBe(lost.ssrc);
    expect(repair?.payload.readUInt16BE(0)).toBe(lost.sequenceNumber);
    expect(repair?.payload.subarray(2)).toEqual(lost.payload);
  });

  it("is sent sound that was lost again, to the byte, since its number may not be used for anything else", () => {
    const viewer = new Viewer();
    pass(1_000, [viewer]);
    const { sound: heard } = viewer.take();
    const lost = heard[heard.length - 3];
    if (!lost) throw new Error("Nothing was sent.");
    viewer.downlink.receiveRtcp(
      { type: "nack", mediaSsrc: lost.ssrc, sequenceNumbers: [lost.sequenceNumber] },
      clock.nowMs,
    );
    expect(viewer.take().padding).toHaveLength(0);
    expect(viewer.again.map((packet) => parseRtp(packet))).toEqual(
      [{ ...lost, bytes: undefined }].map(({ bytes: _, ...packet }) => packet),
    );
  });
});
