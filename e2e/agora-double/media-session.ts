import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import {
  classes,
  DtlsServer,
  fingerprint,
  isMedia,
  isRtcp,
  keyLength,
  Message,
  methods,
  ProtectionProfileAeadAes128Gcm,
  ProtectionProfileAes128CmHmacSha1_80,
  parseMessage,
  type RTCCertificate,
  type RtcpPacket,
  RtcpPacketConverter,
  type RtpHeader,
  RtpPacket,
  SrtcpSession,
  SrtpAuthenticationError,
  SrtpSession,
  saltLength,
} from "werift";

type Address = readonly [host: string, port: number];

export interface PeerFingerprint {
  hashFunction: string;
  fingerprint: string;
}

export interface MediaSessionOptions {
  uid: number;
  fingerprints: readonly PeerFingerprint[];
  certificate: RTCCertificate;
  address: AddressInfo;
  send: (packet: Buffer, to: Address) => void;
  onRtp: (packet: RtpPacket) => void;
  onRtcp: (packets: RtcpPacket[]) => void;
}

/** One client's media transport: an ICE-lite agent (RFC 8445 §2.5), a DTLS server, SRTP both ways. */
export class MediaSession {
  readonly uid: number;
  ice = newIceParameters();
  readonly #options: MediaSessionOptions;
  readonly #dtls: DtlsServer;
  /** What DTLS reads from and writes to. */
  readonly #wire;
  #peer: Address | undefined;
  #srtp: SrtpSession | undefined;
  #srtcp: SrtcpSession | undefined;

  constructor(options: MediaSessionOptions) {
    this.uid = options.uid;
    this.#options = options;
    this.#wire = {
      type: "udp",
      address: options.address,
      closed: false,
      onData: (_packet: Buffer, _from: Address): void => undefined,
      send: (packet: Buffer) => {
        if (this.#peer) options.send(packet, this.#peer);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
    this.#dtls = new DtlsServer({
      cert: options.certificate.certPem,
      key: options.certificate.privateKey,
      signatureHash: options.certificate.signatureHash,
      transport: this.#wire,
      srtpProfiles: [ProtectionProfileAeadAes128Gcm, ProtectionProfileAes128CmHmacSha1_80],
      extendedMasterSecret: true,
      certificateRequest: true,
    });
    this.#dtls.onConnect.subscribe(() => this.#startSrtp());
    this.#dtls.onError.subscribe((error) => console.error(`The double's DTLS with ${this.uid} failed:`, error));
  }

  receiveStun(packet: Buffer, from: Address): void {
    const key = Buffer.from(this.ice.icePwd);
    const request = parseMessage(packet, key);
    if (request?.messageClass !== classes.REQUEST || request.messageMethod !== methods.BINDING) return;
    this.#peer = from;
    const answer = new Message(methods.BINDING, classes.RESPONSE, request.transactionId);
    answer.setAttribute("XOR-MAPPED-ADDRESS", [...from]);
    this.#options.send(answer.addMessageIntegrity(key).addFingerprint().bytes, from);
  }

  /** Whatever is not STUN (RFC 7983). */
  receive(packet: Buffer, from: Address): void {
    if (!isMedia(packet)) this.#wire.onData(packet, from);
    else if (this.#srtp && this.#srtcp) this.#receiveMedia(packet, this.#srtp, this.#srtcp);
  }

  sendRtp(header: RtpHeader, payload: Buffer): void {
    if (this.#peer && this.#srtp) this.#options.send(this.#srtp.encrypt(payload, header), this.#peer);
  }

  sendRtcp(packet: RtcpPacket): void {
    if (this.#peer && this.#srtcp) this.#options.send(this.#srtcp.encrypt(packet.serialize()), this.#peer);
  }

  restartIce(): void {
    this.ice = newIceParameters();
  }

  close(): void {
    this.#srtp = undefined;
    this.#srtcp = undefined;
    this.#peer = undefined;
  }

  #receiveMedia(packet: Buffer, srtp: SrtpSession, srtcp: SrtcpSession): void {
    try {
      if (isRtcp(packet)) this.#options.onRtcp(RtcpPacketConverter.deSerialize(srtcp.decrypt(packet)));
      else this.#options.onRtp(RtpPacket.deSerialize(srtp.decrypt(packet)));
    } catch (error) {
      // As on any network: what is not authentic is dropped.
      if (!(error instanceof SrtpAuthenticationError)) throw error;
    }
  }

  #startSrtp(): void {
    if (!this.#isPeerGenuine()) {
      console.error(`The double met another certificate than the one ${this.uid} had announced.`);
      return;
    }
    const profile = this.#dtls.srtp.srtpProfile;
    if (!profile) throw new Error("DTLS agreed on no SRTP profile.");
    const keys = this.#dtls.extractSessionKeys(keyLength(profile), saltLength(profile));
    const config = {
      keys: {
        localMasterKey: Buffer.from(keys.localKey),
        localMasterSalt: Buffer.from(keys.localSalt),
        remoteMasterKey: Buffer.from(keys.remoteKey),
        remoteMasterSalt: Buffer.from(keys.remoteSalt),
      },
      profile,
    };
    this.#srtp = new SrtpSession(config);
    this.#srtcp = new SrtcpSession(config);
  }

  #isPeerGenuine(): boolean {
    const certificate = this.#dtls.remoteCertificate;
    return (
      certificate !== undefined &&
      this.#options.fingerprints.some(
        (announced) =>
          fingerprint(certificate, announced.hashFunction.replace("-", "")).toUpperCase() ===
          announced.fingerprint.toUpperCase(),
      )
    );
  }
}

function newIceParameters(): { iceUfrag: string; icePwd: string } {
  return { iceUfrag: randomBytes(4).toString("hex"), icePwd: randomBytes(16).toString("hex") };
}
