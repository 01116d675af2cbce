import { randomInt } from "node:crypto";
import type { Uid } from "@/lib/contracts/identifiers";
import type { RelaySlot } from "@/lib/contracts/relay";
import { type SlotStream, usedExtensions } from "./answer";
import { BitrateMeter } from "./bitrate-meter";
import { DownlinkEstimate } from "./downlink-estimate";
import type { Encoding } from "./encoding";
import { chooseLayers, type Layer, nextCost, type Wish } from "./layer-choice";
import type { ExtensionIds, MediaKind, OfferedSection } from "./offer";
import { ALL_FRAMES, currentOf, type OperatingPoint, placeOf, pointsOf, rankOf } from "./operating-points";
import { Prober } from "./prober";
import type { Publication } from "./publication";
import { RepairBudget } from "./repair-budget";
import type { ReportBlock, RtcpPacket } from "./rtcp";
import type { HeaderExtension } from "./rtp-packet";
import { type Aim, Slot } from "./slot";
import type { Arrival } from "./transport-feedback";

const CHOOSE_EVERY_MS = 200;
/** What the estimate leaves for everything that is no picture: headers, repairs, and being a little wrong. */
const USABLE = 0.95;
/** A tile whose height is not known is as large as there is. */
const ANY_HEIGHT = 10_000;
/** Room that pictures should have before they are made larger: probing leads the estimate so far. */
const ROOM = 1.2;
/** Of one voice. */
const SOUND_BITS_PER_SECOND = 36_000;
/** By so much less, the downlink has become worse. */
const A_FALL = 0.93;
/** A publisher who is told that a size is wanted sends it within a second; one who has not by then does not make it. */
const WAIT_FOR_SIZE_MS = 2_000;
const MOST_PASSED_MS = 100;
/** A packet's worth. */
const LEAST_PROBE_BYTES = 1_000;
const FIRST_ROUND_TRIP_MS = 100;
const SSRCS = 2 ** 32;

export type FindPublication = (uid: Uid, kind: MediaKind) => Publication | undefined;

/** All that one page receives, over the one downlink that it has. */
export class Downlink {
  readonly #slots = new Map<string, Slot>();
  readonly #bySsrc = new Map<number, Slot>();
  readonly #estimate = new DownlinkEstimate();
  readonly #prober = new Prober();
  readonly #budget = new RepairBudget();
  /** What is sent, but for padding. */
  readonly #sent = { audio: new BitrateMeter(), video: new BitrateMeter() };
  #wishes = new Map<string, RelaySlot>();
  /** What was chosen for each picture, whether its publisher sends that just now or not. */
  #chosen = new Map<Slot, OperatingPoint | null>();
  #needed = 0;
  /** Since when the size that a slot is to have has not been sent. */
  readonly #waitsSinceMs = new Map<Slot, number>();
  #roundTripMs = FIRST_ROUND_TRIP_MS;
  #choseAtMs = Number.NEGATIVE_INFINITY;
  #tickedAtMs: number | undefined;

  constructor(
    sections: readonly OfferedSection[],
    send: {
      /** Returns what goes out for it. */
      rtp: (packet: Buffer) => Buffer | undefined;
      /** What `rtp` returned, once more. */
      again: (sealed: Buffer) => void;
      rtcp: (compound: Buffer) => void;
    },
  ) {
    for (const { mid, accepted } of sections) {
      if (accepted?.direction !== "receives") continue;
      const extensions = usedExtensions(accepted);
      const slot = new Slot({
        mid,
        kind: accepted.kind,
        stream: {
          ssrc: randomInt(2, SSRCS),
          repairSsrc: accepted.repairPayloadType === undefined ? undefined : randomInt(2, SSRCS),
        },
        payloadType: accepted.payloadType,
        repairPayloadType: accepted.repairPayloadType,
        sender: {
          sendRtp: (nowMs, level, build) => {
            const packet = build(extensionsOf(extensions, this.#estimate.nextSequence, level));
            this.#estimate.noteSent(packet.length, nowMs);
            return { packet, sealed: send.rtp(packet) };
          },
          sendAgain: send.again,
          sendRtcp: send.rtcp,
        },
        meter: this.#sent[accepted.kind],
      });
      this.#slots.set(mid, slot);
      this.#bySsrc.set(slot.stream.ssrc, slot);
    }
  }

  get streams(): Map<string, SlotStream> {
    return new Map(Array.from(this.#slots, ([mid, { stream }]) => [mid, stream]));
  }

  /** How long a packet takes to the page and back, as far as is known. */
  get roundTripMs(): number {
    return this.#roundTripMs;
  }

  /** @param wishes in full: a slot that is not among them carries nothing */
  ask(wishes: readonly RelaySlot[]): void {
    this.#wishes = new Map(wishes.map((wish) => [wish.mid, wish]));
    this.#choseAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Gives each slot what is published of whom it is for. */
  bind(find: FindPublication): void {
    for (const slot of this.#slots.values()) {
      const wish = this.#wishes.get(slot.mid);
      const publication = wish && find(wish.uid, slot.kind);
      if (publication === slot.publication) continue;
      slot.bind(publication);
      this.#choseAtMs = Number.NEGATIVE_INFINITY;
    }
  }

  receiveRtcp(packet: RtcpPacket, nowMs: number): void {
    switch (packet.type) {
      case "sender-report":
      case "receiver-report":
        this.#takeReports(packet.reports, nowMs);
        break;
      case "nack":
        this.#repair(packet.mediaSsrc, packet.sequenceNumbers, nowMs);
        break;
      case "key-frame-request":
        this.#bySsrc.get(packet.mediaSsrc)?.askForKeyFrame();
        break;
      case "arrivals":
        this.#takeArrivals(packet.arrivals, nowMs);
        break;
      default:
        packet satisfies never;
    }
  }

  /** Chooses what flows, and finds out whether more could: to be called every few milliseconds. */
  tick(nowMs: number): void {
    // After a stall what was not padded meanwhile is not made up for.
    const passedMs = Math.min(MOST_PASSED_MS, nowMs - (this.#tickedAtMs ?? nowMs));
    this.#tickedAtMs = nowMs;
    if (nowMs - this.#choseAtMs >= CHOOSE_EVERY_MS) {
      this.#choseAtMs = nowMs;
      this.#choose(nowMs);
    }
    this.#probe(passedMs, nowMs);
  }

  /** Each picture that is asked for and published; `rid: null` where there is no room for it. */
  get flow(): { mid: string; rid: string | null }[] {
    return this.#pictures().map((slot) => {
      const chosen = this.#chosen.get(slot) ?? null;
      const rid = slot.current?.rid ?? slot.publication?.rids[chosen?.encoding ?? 0] ?? "";
      return { mid: slot.mid, rid: chosen === null ? null : rid };
    });
  }

  /** The encodings of a publication that this page is to be given, or is given still. */
  ridsOf(publication: Publication): string[] {
    return this.#pictures().flatMap((slot) => {
      if (slot.publication !== publication) return [];
      const chosen = this.#chosen.get(slot);
      const rid = chosen ? publication.rids[chosen.encoding] : undefined;
      return [rid, slot.current?.rid].filter((each) => each !== undefined);
    });
  }

  get figures(): { isKnown: boolean; estimate: number; sent: number; needed: number } {
    return {
      isKnown: this.#estimate.isKnown,
      estimate: Math.round(this.#estimate.bitsPerSecond),
      sent: Math.round(this.#sentBitsPerSecond(performance.now())),
      needed: Math.round(this.#needed),
    };
  }

  close(): void {
    for (const slot of this.#slots.values()) slot.bind(undefined);
  }

  #pictures(): Slot[] {
    return [...this.#slots.values()].filter(({ kind, publication }) => kind === "video" && publication);
  }

  #choose(nowMs: number): void {
    for (const slot of this.#slots.values()) {
      if (slot.kind !== "audio" || !slot.publication) continue;
      slot.aim({ encoding: slot.publication.encodings.get(""), size: 0, temporalLayer: ALL_FRAMES }, nowMs);
    }
    const slots = this.#pictures();
    const points = slots.map(({ publication }) => (publication ? pointsOf(publication, nowMs) : []));
    const wishes = slots.map((slot, at) => this.#wishOf(slot, points[at] ?? []));
    const sound = this.#soundBitsPerSecond(nowMs);
    const budget = this.#estimate.bitsPerSecond * USABLE - sound;
    const chosen = chooseLayers(wishes, budget, this.#prober.mayRise(nowMs));
    const before = this.#chosen;
    this.#chosen = new Map(slots.map((slot, at) => [slot, points[at]?.[chosen[at] ?? -1] ?? null]));
    const next = nextCost(wishes, chosen);
    this.#needed = next === undefined ? 0 : (next * ROOM + sound) / USABLE;
    const costs = chosen.map((layer, at) => wishes[at]?.layers[layer ?? -1]?.bitsPerSecond ?? 0);
    const left = costs.reduce((room, cost) => room - cost, budget);
    for (const [at, slot] of slots.entries()) {
      const point = this.#chosen.get(slot) ?? null;
      slot.aim(point ? this.#bestFlowing(slot, point, left + (costs[at] ?? 0), nowMs) : undefined, nowMs);
      const last = before.get(slot);
      if (point && (!last || rankOf(point) > rankOf(last))) this.#prober.noteRise(nowMs);
    }
  }

  /** What all the sound that is played takes, or will when those who are silent speak. */
  #soundBitsPerSecond(nowMs: number): number {
    const usual = SOUND_BITS_PER_SECOND * [...this.#slots.values()].filter(isPlayingSound).length;
    return Math.max(usual, this.#sent.audio.bitsPerSecond(nowMs));
  }

  #sentBitsPerSecond(nowMs: number): number {
    return this.#sent.audio.bitsPerSecond(nowMs) + this.#sent.video.bitsPerSecond(nowMs);
  }

  /**
   * The chosen encoding, or while its publisher does not send that, the next smaller one, or else a larger one: where it flows
   * already, for no moving picture is stopped for a little; where there is room for it; or where the chosen one was waited for in
   * vain. Else it would take its room from the sound.
   *
   * @param room bits a second that the others' pictures leave
   */
  #bestFlowing(slot: Slot, point: OperatingPoint, room: number, nowMs: number): Aim {
    const encoding = this.#flowing(slot, point, room, nowMs);
    const isSmaller = encoding !== undefined && encoding.index < point.encoding;
    return { encoding, size: point.encoding, temporalLayer: isSmaller ? ALL_FRAMES : point.temporalLayer };
  }

  #flowing(slot: Slot, { encoding: wanted }: OperatingPoint, room: number, nowMs: number): Encoding | undefined {
    const encodings = [...(slot.publication?.encodings.values() ?? [])].sort((one, other) => one.index - other.index);
    const flowing = encodings.filter((encoding) => encoding.isFlowing(nowMs));
    const chosen = encodings.find(({ index }) => index === wanted);
    const enough = flowing.filter(({ index }) => index <= wanted).pop();
    const [larger] = flowing;
    if (enough || !larger) {
      this.#waitsSinceMs.delete(slot);
      return enough ?? chosen ?? encodings[0];
    }
    const sinceMs = this.#waitsSinceMs.get(slot) ?? nowMs;
    this.#waitsSinceMs.set(slot, sinceMs);
    const hasRoom = (larger.usualBitsPerSecond(nowMs) ?? 0) <= room;
    return larger === slot.current || hasRoom || nowMs - sinceMs >= WAIT_FOR_SIZE_MS ? larger : chosen;
  }

  #wishOf(slot: Slot, points: readonly (OperatingPoint & Layer)[]): Wish {
    const height = this.#wishes.get(slot.mid)?.height ?? ANY_HEIGHT;
    const current = this.#chosen.get(slot) ?? currentOf(slot);
    return { height, layers: points, current: current && placeOf(current, points) };
  }

  #probe(passedMs: number, nowMs: number): void {
    if (!this.#estimate.isKnown) return;
    const line = {
      sent: this.#sentBitsPerSecond(nowMs),
      estimate: this.#estimate.bitsPerSecond,
      needed: this.#needed,
    };
    const bytes = this.#prober.padding(line, passedMs, nowMs);
    const slot = bytes >= LEAST_PROBE_BYTES ? [...this.#slots.values()].find((each) => each.canPad) : undefined;
    if (!slot) return;
    let padded = 0;
    while (padded < bytes) padded += slot.pad(nowMs);
    this.#prober.notePadded(padded);
  }

  #takeReports(reports: readonly ReportBlock[], nowMs: number): void {
    for (const report of reports) {
      const roundTripMs = this.#bySsrc.get(report.ssrc)?.roundTripMs(report, nowMs);
      if (roundTripMs !== undefined) this.#roundTripMs = roundTripMs;
    }
  }

  /** Where the downlink bears less than it did, pictures do not wait for the next choice. */
  #takeArrivals(arrivals: readonly Arrival[], nowMs: number): void {
    const before = this.#estimate.bitsPerSecond;
    this.#estimate.noteArrivals(arrivals, nowMs);
    if (this.#estimate.bitsPerSecond >= before * A_FALL) return;
    this.#prober.noteFall(nowMs);
    this.#choseAtMs = Number.NEGATIVE_INFINITY;
  }

  #repair(mediaSsrc: number, sequenceNumbers: readonly number[], nowMs: number): void {
    const slot = this.#bySsrc.get(mediaSsrc);
    if (!slot) return;
    this.#budget.refill(this.#estimate.bitsPerSecond, nowMs);
    for (const sequenceNumber of sequenceNumbers) {
      if (this.#budget.isSpent) return;
      this.#budget.spend(slot.repair(sequenceNumber, nowMs, this.#roundTripMs));
    }
  }
}

function isPlayingSound({ kind, current }: Slot): boolean {
  return kind === "audio" && current !== undefined;
}

function extensionsOf(ids: ExtensionIds, sequence: number, level: Buffer | undefined): HeaderExtension[] {
  const extensions: HeaderExtension[] = [];
  if (ids.transportSequence !== undefined) {
    const value = Buffer.allocUnsafe(2);
    value.writeUInt16BE(sequence, 0);
    extensions.push({ id: ids.transportSequence, value });
  }
  if (ids.audioLevel !== undefined && level) extensions.push({ id: ids.audioLevel, value: level });
  return extensions;
}
