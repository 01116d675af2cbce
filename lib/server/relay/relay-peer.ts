import type { RTCCertificate } from "werift";
import type { Instance, RoomName, Uid } from "@/lib/contracts/identifiers";
import type { RelayNotice, RelaySlot } from "@/lib/contracts/relay";
import { buildAnswer } from "./answer";
import { Downlink, type FindPublication } from "./downlink";
import type { DropCounter } from "./drop-counter";
import { parseOffer } from "./offer";
import { PeerTransport } from "./peer-transport";
import type { Publication } from "./publication";
import { parseRtcp } from "./rtcp";
import type { StunAddress } from "./stun-message";
import { Uplink } from "./uplink";

/** An encoding that nobody wants any more is asked for again easily: it is called off after so long. */
const CALL_OFF_MS = 4_000;

/** A page's connection, as the page names it. */
export interface PeerAddress {
  room: RoomName;
  uid: Uid;
  instance: Instance;
  connection: string;
}

interface PeerHandlers {
  send(packet: Buffer, to: StunAddress): void;
  onConnected(): void;
  onEnded(reason: string): void;
  onNotice(notice: RelayNotice): void;
}

/** One connection of one page: what it sends, and what it receives. */
export class RelayPeer {
  readonly address: PeerAddress;
  readonly transport: PeerTransport;
  readonly uplink: Uplink;
  readonly downlink: Downlink;
  readonly answer: string;
  readonly #handlers: PeerHandlers;
  #slotsSeq = -1;
  readonly #wantedAtMs = new Map<string, number>();
  #lastFlow = "";

  /** @throws {UnusableOffer} */
  constructor(options: {
    address: PeerAddress;
    sdp: string;
    certificate: RTCCertificate;
    fingerprint: string;
    candidates: readonly { address: string; port: number }[];
    drops: DropCounter;
    nowMs: number;
    handlers: PeerHandlers;
  }) {
    const { handlers, drops } = options;
    const offer = parseOffer(options.sdp);
    this.address = options.address;
    this.#handlers = handlers;
    this.transport = new PeerTransport({
      remoteUfrag: offer.iceUfrag,
      fingerprints: offer.fingerprints,
      certificate: options.certificate,
      drops,
      nowMs: options.nowMs,
      handlers: {
        send: handlers.send,
        onConnected: handlers.onConnected,
        onRtp: (packet, nowMs) => this.uplink.receiveRtp(packet, nowMs),
        onRtcp: (compound, nowMs) => this.#receiveRtcp(compound, nowMs),
        onEnded: handlers.onEnded,
      },
    });
    const rtcp = (compound: Buffer) => this.transport.sendRtcp(compound);
    this.uplink = new Uplink(offer.sections, drops, rtcp);
    this.downlink = new Downlink(offer.sections, {
      rtp: (packet) => this.transport.sendRtp(packet),
      again: (sealed) => this.transport.sendAgain(sealed),
      rtcp,
    });
    const { iceUfrag, icePwd } = this.transport;
    const { fingerprint, candidates } = options;
    this.answer = buildAnswer(offer, { iceUfrag, icePwd, fingerprint, candidates }, this.downlink.streams);
  }

  /** @param seq counts up: what was sent before something that is known already changes nothing */
  ask(wishes: readonly RelaySlot[], seq: number): void {
    if (seq <= this.#slotsSeq) return;
    this.#slotsSeq = seq;
    this.downlink.ask(wishes);
  }

  tick(nowMs: number, find: FindPublication): void {
    this.transport.checkClocks(nowMs);
    if (!this.transport.isConnected) return;
    this.downlink.bind(find);
    this.downlink.tick(nowMs);
    this.uplink.tick(nowMs, this.downlink.roundTripMs);
  }

  /**
   * Tells the page what flows, when that has changed.
   *
   * @param ridsOf the encodings that someone is to be given
   * @param silent of whom nothing comes
   */
  tellFlow(nowMs: number, ridsOf: (publication: Publication) => readonly string[], silent: readonly Uid[]): void {
    const picture = this.uplink.publication("video");
    if (picture) for (const rid of ridsOf(picture)) this.#wantedAtMs.set(rid, nowMs);
    const wantedRids = (picture?.rids ?? []).filter(
      (rid) => nowMs - (this.#wantedAtMs.get(rid) ?? Number.NEGATIVE_INFINITY) < CALL_OFF_MS,
    );
    const flow = { wantedRids, receives: this.downlink.flow, silent: silent.filter((uid) => uid !== this.address.uid) };
    const text = JSON.stringify(flow);
    if (text === this.#lastFlow) return;
    this.#lastFlow = text;
    this.#handlers.onNotice({ type: "flow", connection: this.address.connection, ...flow });
  }

  close(): void {
    this.transport.close();
    this.downlink.close();
    for (const { subscribers } of this.uplink.publications) {
      for (const subscriber of subscribers) subscriber.release();
    }
  }

  #receiveRtcp(compound: Buffer, nowMs: number): void {
    for (const packet of parseRtcp(compound)) {
      if (packet.type === "sender-report") this.uplink.receiveRtcp(packet, nowMs);
      this.downlink.receiveRtcp(packet, nowMs);
    }
  }
}
