import { createSocket } from "node:dgram";
import { once } from "node:events";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RoomName } from "@/lib/contracts/identifiers";
import type { RelayNotice } from "@/lib/contracts/relay";
import { RelayCore } from "./relay-core";
import { TestPage } from "./testing/page";

const MAIN = v.parse(RoomName, "MAIN");
const TIMEOUT_MS = 20_000;
vi.setConfig({ testTimeout: 2 * TIMEOUT_MS });

let core: RelayCore;
let pages: TestPage[];
let notices: { uid: number; notice: RelayNotice }[];
let endings: string[];
let timers: NodeJS.Timeout[];

beforeEach(async () => {
  pages = [];
  notices = [];
  endings = [];
  timers = [];
  core = await RelayCore.start(0, {
    onNotice: ({ uid }, notice) => notices.push({ uid, notice }),
    onEnded: (_peer, reason) => endings.push(reason),
  });
});

afterEach(async () => {
  for (const timer of timers) clearInterval(timer);
  await Promise.all(pages.map((page) => page.close()));
  core.stop();
});

async function enter(uid: number, others: readonly number[], room = MAIN): Promise<TestPage> {
  const page = new TestPage(room, uid, others);
  pages.push(page);
  await page.connect(core);
  await vi.waitFor(() => expect([page.pc.connectionState, endings]).toEqual(["connected", []]), TIMEOUT_MS);
  return page;
}

/** Sends pictures, every tenth a key frame, until the test is over. */
function paint(page: TestPage): void {
  let count = 0;
  timers.push(setInterval(() => page.sendPicture({ isKeyFrame: count++ % 10 === 0 }), 20));
}

describe("the relay", () => {
  it("carries what each sends to the others in the room, as one stream without a gap", async () => {
    const [ada, bob] = [await enter(1, [2]), await enter(2, [1])];
    paint(ada);
    paint(bob);
    await vi.waitFor(() => {
      expect(ada.received.length).toBeGreaterThan(30);
      expect(bob.received.length).toBeGreaterThan(30);
    }, TIMEOUT_MS);
    const numbers = bob.received.map(({ header }) => header.sequenceNumber);
    const [first = 0] = numbers;
    expect(numbers).toEqual(numbers.map((_, index) => (first + index) % 2 ** 16));
  });

  it("carries nothing from one room to another, whatever is asked for", async () => {
    const [ada, eve] = [await enter(1, [2]), await enter(2, [1], v.parse(RoomName, "OTHER"))];
    paint(ada);
    paint(eve);
    const bob = await enter(3, [1, 2]);
    await vi.waitFor(() => expect(bob.received.length).toBeGreaterThan(10), TIMEOUT_MS);
    expect(ada.received).toHaveLength(0);
    expect(eve.received).toHaveLength(0);
    expect(new Set(bob.received.map(({ header }) => header.ssrc)).size).toBe(1);
  });

  it("passes on not one packet more when somebody is removed, to them or from them", async () => {
    const [ada, bob, cid] = [await enter(1, [2, 3]), await enter(2, [1, 3]), await enter(3, [1, 2])];
    for (const page of [ada, bob, cid]) paint(page);
    await vi.waitFor(() => {
      for (const page of pages) expect(new Set(page.received.map(({ header }) => header.ssrc)).size).toBe(2);
    }, TIMEOUT_MS);
    core.remove(MAIN, bob.uid);
    // What was on its way is there when a later packet of another is.
    const before = ada.received.length;
    await vi.waitFor(() => expect(ada.received.length).toBeGreaterThan(before + 5), TIMEOUT_MS);
    const [toBob, fromBob] = [bob.received.length, ada.received.slice(before + 2)];
    await vi.waitFor(() => expect(ada.received.length).toBeGreaterThan(before + 30), TIMEOUT_MS);
    expect(bob.received).toHaveLength(toBob);
    expect(new Set(fromBob.map(({ header }) => header.ssrc)).size).toBe(1);
  });

  it("shows a slot somebody else when the page asks for that, as the same stream", async () => {
    const [ada, bob, cid] = [await enter(1, []), await enter(2, []), await enter(3, [1])];
    paint(ada);
    paint(bob);
    await vi.waitFor(() => expect(cid.received.length).toBeGreaterThan(10), TIMEOUT_MS);
    const mid = cid.pc.getTransceivers()[1]?.mid ?? "";
    core.ask(cid.address, [{ mid, uid: bob.uid }], 1);
    const before = cid.received.length;
    await vi.waitFor(() => expect(cid.received.length).toBeGreaterThan(before + 20), TIMEOUT_MS);
    const numbers = cid.received.map(({ header }) => header.sequenceNumber);
    expect(numbers).toEqual(numbers.map((_, index) => ((numbers[0] ?? 0) + index) % 2 ** 16));
    // What was asked for earlier changes nothing now.
    expect(core.ask(cid.address, [], 0)).toBe(true);
    const then = cid.received.length;
    await vi.waitFor(() => expect(cid.received.length).toBeGreaterThan(then + 5), TIMEOUT_MS);
  });

  it("tells a page whether its picture is wanted", async () => {
    const ada = await enter(1, []);
    paint(ada);
    await vi.waitFor(() => expect(lastFlow(1)?.wantedRids).toEqual([]));
    await enter(2, [1]);
    await vi.waitFor(() => expect(lastFlow(1)?.wantedRids).toEqual([""]), TIMEOUT_MS);
    await vi.waitFor(() => expect(lastFlow(2)?.receives).toEqual([{ mid: "1", rid: "" }]), TIMEOUT_MS);
  });

  it("tells a page of whom nothing comes any more, and when it does again", async () => {
    const [ada] = [await enter(1, [2]), await enter(2, [1])];
    await vi.waitFor(() => expect(lastFlow(2)?.silent).toEqual([]), TIMEOUT_MS);
    const wake = ada.sleep();
    await vi.waitFor(() => expect(lastFlow(2)?.silent).toEqual([1]), TIMEOUT_MS);
    wake();
    await vi.waitFor(() => expect(lastFlow(2)?.silent).toEqual([]), TIMEOUT_MS);
  });

  it("gives a page's new connection over to the others before it closes the old one", async () => {
    const bob = await enter(2, [1]);
    const ada = await enter(1, []);
    paint(ada);
    await vi.waitFor(() => expect(bob.received.length).toBeGreaterThan(10), TIMEOUT_MS);
    const again = new TestPage(MAIN, 1, []);
    Object.assign(again, { instance: ada.instance });
    pages.push(again);
    await again.connect(core);
    await vi.waitFor(() => expect(again.pc.connectionState).toBe("connected"), TIMEOUT_MS);
    paint(again);
    await vi.waitFor(() => expect(core.figures.filter(({ uid }) => uid === 1)).toHaveLength(1), TIMEOUT_MS);
    const before = bob.received.length;
    await vi.waitFor(() => expect(bob.received.length).toBeGreaterThan(before + 20), TIMEOUT_MS);
  });

  it("takes another port where the one that is wanted is in use", async () => {
    const other = await RelayCore.start(core.port, { onNotice: () => undefined, onEnded: () => undefined });
    expect(other.port).not.toBe(core.port);
    other.stop();
  });

  it("lets nothing that strangers or members send end it, or hold up the others", { timeout: 30_000 }, async () => {
    const [ada, bob] = [await enter(1, [2]), await enter(2, [1])];
    paint(ada);
    const stranger = createSocket("udp4");
    stranger.bind(0);
    await once(stranger, "listening");
    for (const packet of badPackets()) stranger.send(packet, core.port, "127.0.0.1");
    // From a member's own address, past ICE.
    const connection = bob.pc.iceTransports[0]?.connection;
    for (const packet of badPackets()) await connection?.send(packet);
    const before = bob.received.length;
    await vi.waitFor(() => expect(bob.received.length).toBeGreaterThan(before + 30), 20_000);
    const { drops } = core;
    for (const reason of ["unknown-sender", "malformed", "not-authentic"] as const) {
      expect(drops[reason]).toBeGreaterThan(50);
    }
    stranger.close();
  });

  function lastFlow(uid: number): Extract<RelayNotice, { type: "flow" }> | undefined {
    const last = notices.filter((each) => each.uid === uid).pop()?.notice;
    return last?.type === "flow" ? last : undefined;
  }
});

/** Noise that looks like each of the kinds of packets, the same at each run. */
function badPackets(): Buffer[] {
  let state = 12_345;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const starts = [
    // STUN with its cookie, DTLS' handshake, alert and data, RTP, RTCP, anything.
    [0, 1, 0, 8, 0x21, 0x12, 0xa4, 0x42],
    [22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0],
    [22, 254, 253, 0, 1, 0, 0, 0, 0, 0, 9, 0, 20, 1],
    [21, 254, 253, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 2, 40],
    [23, 254, 253, 0, 1, 0, 0, 0, 0, 0, 1, 0, 4],
    [128, 96],
    [144, 96, 0, 1],
    [128, 200, 0, 6],
    [255],
    [],
  ];
  return Array.from({ length: 1_000 }, (_, index) => {
    const start = starts[index % starts.length] ?? [];
    return Buffer.from([...start, ...Array.from({ length: random(120) }, () => random(256))]);
  });
}
