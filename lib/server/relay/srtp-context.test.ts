import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { RtpHeader, SrtcpSession, SrtpSession } from "werift";
import { buildRtp, parseRtp } from "./rtp-packet";
import { SrtcpReceiver, SrtcpSender } from "./srtcp-context";
import { SrtpReceiver, SrtpSender } from "./srtp-context";
import { derive, rtcpSessionKey, rtpSessionKey } from "./srtp-keys";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");

const SESSION = { key: hex("000102030405060708090a0b0c0d0e0f"), salt: hex("517569642070726f2071756f") };

function packetOf(sequenceNumber: number, ssrc = 7): Buffer {
  const payload = Buffer.from(`packet ${sequenceNumber}`);
  return buildRtp({
    payloadType: 96,
    isMarked: false,
    sequenceNumber: sequenceNumber & 0xffff,
    timestamp: 0,
    ssrc,
    extensions: [],
    payload,
  });
}

/** A sender and a receiver of one key. */
function pair() {
  const sender = new SrtpSender(SESSION);
  const receiver = new SrtpReceiver(SESSION);
  const seal = (sequenceNumber: number) => sender.protect(packetOf(sequenceNumber)) ?? Buffer.alloc(0);
  const open = (packet: Buffer) => {
    const clear = receiver.unprotect(packet);
    return clear && parseRtp(clear)?.payload.toString();
  };
  return { seal, open };
}

describe("keys", () => {
  it("are derived as RFC 3711 appendix B.3 does", () => {
    const master = { key: hex("E1F97A0D3E018BE0D64FA32C06DE4139"), salt: hex("0EC675AD498AFEEBB6960B3AABE6") };
    expect(derive(master, 0, 16)).toEqual(hex("C61E7A93744F39EE10734AFE3FF7A087"));
    expect(derive(master, 2, 14)).toEqual(hex("30CBBC08863D8C85D49DB34A9AE1"));
  });
});

describe("SRTP", () => {
  const clear = hex(`8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070 61727465
    73207472 6573`);
  const sealed = hex(`8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b
    36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce`);

  it("is RFC 7714's (§16.1.1)", () => {
    expect(new SrtpSender(SESSION).protect(clear)).toEqual(sealed);
    expect(new SrtpReceiver(SESSION).unprotect(sealed)).toEqual(clear);
  });

  it("goes on when the numbers go round, also where packets around that are lost or change places", () => {
    const { seal, open } = pair();
    const packets = [65_530, 65_533, 65_535, 65_534, 65_536 + 3, 65_536 + 1, 65_536 + 900].map(seal);
    expect(packets.map(open)).not.toContain(undefined);
    for (let number = 70_000; number < 400_000; number += 30_000) expect(open(seal(number))).toBe(`packet ${number}`);
  });

  it("finds a stream that had gone round before its first packet came", () => {
    const { seal, open } = pair();
    seal(65_535);
    expect(open(seal(65_536 + 4))).toBe("packet 65540");
  });

  it("opens a packet once, and none that is older than its window", () => {
    const { seal, open } = pair();
    const packets = Array.from({ length: 3_000 }, (_, number) => seal(number));
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = packets;
    expect(open(first)).toBe("packet 0");
    expect(open(first)).toBeUndefined();
    for (const packet of packets.slice(2)) open(packet);
    expect(open(second)).toBeUndefined();
  });

  it("opens nothing that was changed, and is not moved by it", () => {
    const { seal, open } = pair();
    expect(open(seal(1))).toBeDefined();
    const forged = seal(2);
    forged.writeUInt16BE(40_000, 2);
    expect(open(forged)).toBeUndefined();
    const bent = seal(3);
    bent[14] = (bent[14] ?? 0) ^ 1;
    expect(open(bent)).toBeUndefined();
    expect(open(seal(4))).toBe("packet 4");
  });

  it("seals no two packets under one number", () => {
    const sender = new SrtpSender(SESSION);
    expect(sender.protect(packetOf(1))).toBeDefined();
    expect(sender.protect(packetOf(1))).toBeUndefined();
    expect(sender.protect(packetOf(1, 8))).toBeDefined();
  });
});

describe("an implementation that browsers understand", () => {
  const local = { key: randomBytes(16), salt: randomBytes(12) };
  const remote = { key: randomBytes(16), salt: randomBytes(12) };
  const config = {
    keys: {
      localMasterKey: local.key,
      localMasterSalt: local.salt,
      remoteMasterKey: remote.key,
      remoteMasterSalt: remote.salt,
    },
    profile: 7,
  } as const;

  it("opens what is sealed here, and seals what is opened here: RTP", () => {
    const theirs = new SrtpSession(config);
    const header = new RtpHeader({ payloadType: 96, sequenceNumber: 5, timestamp: 1, ssrc: 9 });
    const opened = new SrtpReceiver(rtpSessionKey(local)).unprotect(theirs.encrypt(Buffer.from("hello"), header));
    expect(opened && parseRtp(opened)?.payload.toString()).toBe("hello");
    const sealed = new SrtpSender(rtpSessionKey(remote)).protect(packetOf(6)) ?? Buffer.alloc(0);
    expect(parseRtp(theirs.decrypt(sealed))?.payload.toString()).toBe("packet 6");
  });

  it("opens what is sealed here, and seals what is opened here: RTCP, once", () => {
    const theirs = new SrtcpSession(config);
    const report = hex("80c90001 00000001");
    const receiver = new SrtcpReceiver(rtcpSessionKey(local));
    const sealed = theirs.encrypt(report);
    expect(receiver.unprotect(sealed)).toEqual(report);
    expect(receiver.unprotect(sealed)).toBeUndefined();
    const sender = new SrtcpSender(rtcpSessionKey(remote));
    expect(theirs.decrypt(sender.protect(report))).toEqual(report);
    expect(theirs.decrypt(sender.protect(report))).toEqual(report);
  });
});
