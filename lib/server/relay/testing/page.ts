import { randomUUID } from "node:crypto";
import * as v from "valibot";
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  type RTCRtpTransceiver,
  RtpHeader,
  RtpPacket,
} from "werift";
import { Instance, type RoomName, Uid } from "@/lib/contracts/identifiers";
import type { RelayCore } from "@/lib/server/relay/relay-core";

const VP8 = new RTCRtpCodecParameters({
  mimeType: "video/VP8",
  clockRate: 90_000,
  payloadType: 96,
  rtcpFeedback: [{ type: "nack" }, { type: "nack", parameter: "pli" }],
});
const OPUS = new RTCRtpCodecParameters({ mimeType: "audio/opus", clockRate: 48_000, channels: 2, payloadType: 111 });

/** What a page is to the relay, in Node.js: it sends made-up packets and notes which arrive. */
export class TestPage {
  readonly uid: Uid;
  readonly room: RoomName;
  readonly connection = randomUUID();
  readonly instance = v.parse(Instance, randomUUID());
  readonly received: RtpPacket[] = [];
  readonly pc = new RTCPeerConnection({
    codecs: { audio: [OPUS], video: [VP8] },
    bundlePolicy: "max-bundle",
    iceUseIpv6: false,
  });
  readonly #video = new MediaStreamTrack({ kind: "video" });
  readonly #slots: { transceiver: RTCRtpTransceiver; uid: Uid }[] = [];
  #sequence = 65_000;

  constructor(room: RoomName, uid: number, others: readonly number[]) {
    this.room = room;
    this.uid = v.parse(Uid, uid);
    this.pc.addTransceiver(this.#video, { direction: "sendonly" });
    for (const other of others) {
      const transceiver = this.pc.addTransceiver("video", { direction: "recvonly" });
      this.#slots.push({ transceiver, uid: v.parse(Uid, other) });
      transceiver.onTrack.subscribe((track) => {
        track.onReceiveRtp.subscribe((packet) => this.received.push(packet));
      });
    }
  }

  get address() {
    return { room: this.room, uid: this.uid, instance: this.instance, connection: this.connection };
  }

  async connect(core: { open(...args: Parameters<RelayCore["open"]>): string | Promise<string> }): Promise<void> {
    const offer = await this.pc.createOffer();
    await this.pc.setLocalDescription(offer);
    const sdp = this.pc.localDescription?.sdp ?? "";
    const wishes = this.#slots.map(({ transceiver, uid }) => ({ mid: transceiver.mid ?? "", uid }));
    const answer = await core.open(this.address, sdp, wishes, ["127.0.0.1"]);
    await this.pc.setRemoteDescription({ type: "answer", sdp: answer });
  }

  /** From now on nothing leaves it, as of a computer that sleeps. @returns wakes it */
  sleep(): () => void {
    const transports = this.pc.iceTransports.flatMap(({ connection }) =>
      (connection as unknown as { protocols: { transport: { send: unknown } }[] }).protocols.map(
        (each) => each.transport,
      ),
    );
    const wakers = transports.map((transport) => {
      const { send } = transport;
      transport.send = async () => undefined;
      return () => {
        transport.send = send;
      };
    });
    return () => {
      for (const wake of wakers) wake();
    };
  }

  /** Sends one picture in one packet. */
  sendPicture({ isKeyFrame }: { isKeyFrame: boolean }): void {
    this.#sequence = (this.#sequence + 1) % 2 ** 16;
    const payload = Buffer.from([
      0x90,
      0x80,
      0x80,
      this.#sequence & 0x7f,
      isKeyFrame ? 0 : 1,
      0,
      0,
      0x9d,
      1,
      0x2a,
      64,
      1,
      240,
      0,
    ]);
    const header = new RtpHeader({
      payloadType: 96,
      marker: true,
      sequenceNumber: this.#sequence,
      timestamp: this.#sequence * 3_000,
      ssrc: 1,
    });
    this.#video.writeRtp(new RtpPacket(header, payload));
  }

  async close(): Promise<void> {
    await this.pc.close();
  }
}
