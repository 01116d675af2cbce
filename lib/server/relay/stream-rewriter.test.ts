import { describe, expect, it } from "vitest";
import { type StreamNumbers, StreamRewriter } from "./stream-rewriter";

const START = { sequenceNumber: 65_530, timestamp: 2 ** 32 - 10_000, pictureId: 2 ** 15 - 3 };

/** The packets of a source, some to a picture. */
function source(first: Partial<StreamNumbers>, pictures: number, packetsEach = 2): StreamNumbers[] {
  const start = { sequenceNumber: 0, timestamp: 0, pictureId: 0, tl0PictureIndex: 0, ...first };
  return Array.from({ length: pictures * packetsEach }, (_, at) => {
    const picture = Math.floor(at / packetsEach);
    return {
      sequenceNumber: (start.sequenceNumber + at) % 2 ** 16,
      timestamp: (start.timestamp + picture * 3_000) % 2 ** 32,
      pictureId: (start.pictureId + picture) % 2 ** 15,
      tl0PictureIndex: (start.tl0PictureIndex + picture) % 2 ** 8,
    };
  });
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error(`There is no ${index}.`);
  return item;
}

/** What the subscriber sees is one stream: numbers one up each packet, pictures one up each picture. */
function expectOneStream(out: readonly (StreamNumbers | undefined)[]): void {
  for (const [index, numbers] of out.entries()) {
    const before = out[index - 1];
    if (index === 0) continue;
    expect((at(out, index)?.sequenceNumber ?? 0) - (before?.sequenceNumber ?? 0) + 2 ** 16).toSatisfy(
      (step: number) => step % 2 ** 16 === 1,
    );
    const pictures = ((numbers?.pictureId ?? 0) - (before?.pictureId ?? 0) + 2 ** 15) % 2 ** 15;
    expect(pictures).toBe(numbers?.timestamp === before?.timestamp ? 0 : 1);
  }
}

describe("a stream made of many", () => {
  it("goes on without a gap from one source to the next, over every number's end", () => {
    const rewriter = new StreamRewriter(START);
    const out: (StreamNumbers | undefined)[] = [];
    let timestamp = START.timestamp;
    for (const first of [
      { sequenceNumber: 65_533, timestamp: 2 ** 32 - 4_000, pictureId: 2 ** 15 - 2, tl0PictureIndex: 254 },
      { sequenceNumber: 40_000, timestamp: 77, pictureId: 5, tl0PictureIndex: 0 },
      { sequenceNumber: 3, timestamp: 2 ** 31, pictureId: 2 ** 14, tl0PictureIndex: 100 },
    ]) {
      timestamp += 3_000;
      const packets = source(first, 4);
      rewriter.begin(at(packets, 0), timestamp);
      out.push(...packets.map((packet) => rewriter.rewrite(packet)));
      timestamp = rewriter.newestTimestamp;
    }
    expect(out).not.toContain(undefined);
    expectOneStream(out);
    expect(at(out, 8)?.tl0PictureIndex).toBe(((at(out, 7)?.tl0PictureIndex ?? 0) + 1) % 256);
  });

  it("leaves room for what is missing, and puts it there when it comes", () => {
    const rewriter = new StreamRewriter(START);
    const packets = source({ sequenceNumber: 65_534 }, 3);
    rewriter.begin(at(packets, 0), 500);
    const order = [0, 1, 4, 5, 3, 2];
    const out = new Map(order.map((index) => [index, rewriter.rewrite(at(packets, index))]));
    expectOneStream([0, 1, 2, 3, 4, 5].map((index) => out.get(index)));
  });

  it("closes over what is dropped, and still knows the place of what comes late", () => {
    const rewriter = new StreamRewriter(START);
    const packets = source({ pictureId: 2 ** 15 - 2 }, 8);
    rewriter.begin(at(packets, 0), 500);
    const given: (StreamNumbers | undefined)[] = [];
    let late: StreamNumbers | undefined;
    for (const [index, packet] of packets.entries()) {
      // Every second picture is left out; one packet of a picture that stays comes at the end.
      if (Math.floor(index / 2) % 2 === 1) rewriter.drop(packet);
      else if (index === 4) late = packet;
      else given.push(rewriter.rewrite(packet));
    }
    given.splice(2, 0, late && rewriter.rewrite(late));
    expect(given).not.toContain(undefined);
    expectOneStream(given);
  });

  it("drops padding without a trace", () => {
    const rewriter = new StreamRewriter(START);
    const packets = source({ pictureId: 20_000 }, 3, 1);
    rewriter.begin(at(packets, 0), 500);
    const out = [rewriter.rewrite(at(packets, 0))];
    rewriter.drop({ sequenceNumber: 1, pictureId: undefined });
    out.push(rewriter.rewrite({ ...at(packets, 1), sequenceNumber: 2 }));
    out.push(rewriter.rewrite({ ...at(packets, 2), sequenceNumber: 3 }));
    expectOneStream(out);
  });

  it("gives nothing of a source that it has left, or from before it came to it", () => {
    const rewriter = new StreamRewriter(START);
    const packets = source({ sequenceNumber: 100 }, 3);
    expect(rewriter.rewrite(at(packets, 0))).toBeUndefined();
    rewriter.begin(at(packets, 2), 500);
    expect(rewriter.rewrite(at(packets, 1))).toBeUndefined();
    expect(rewriter.rewrite(at(packets, 2))).toBeDefined();
    rewriter.end();
    expect(rewriter.rewrite(at(packets, 3))).toBeUndefined();
  });
});
