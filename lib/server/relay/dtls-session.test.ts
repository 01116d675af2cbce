import { createHash, generateKeyPairSync, X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { CipherContext, DtlsClient, RTCCertificate } from "werift";
import { DtlsSession } from "./dtls-session";
import type { MasterKey } from "./srtp-keys";

const ECDSA_SHA256 = { signature: 3, hash: 4 } as const;
const P256 = 23;

interface Identity {
  certificate: RTCCertificate;
  fingerprint: { algorithm: string; value: string };
}

let relay: Identity;
let page: Identity;

beforeAll(async () => {
  relay = await identity();
  page = await identity();
});

async function identity(): Promise<Identity> {
  const { certPem, keyPem, signatureHash } = await CipherContext.createSelfSignedCertificateWithKey(ECDSA_SHA256, P256);
  const { raw } = new X509Certificate(certPem);
  const digest = createHash("sha256").update(raw).digest("hex").toUpperCase();
  const value = digest.match(/../g)?.join(":") ?? "";
  return {
    certificate: new RTCCertificate(keyPem, certPem, signatureHash),
    fingerprint: { algorithm: "sha-256", value },
  };
}

/** A handshake over memory; `change` sees each packet of the client's. */
function handshake(client: RTCCertificate, announced: Identity["fingerprint"], change = (packet: Buffer) => [packet]) {
  const outcome: { keys?: { local: MasterKey; remote: MasterKey }; refusal?: string; sent: number } = { sent: 0 };
  const wire = {
    type: "udp",
    address: { address: "127.0.0.1", family: "IPv4", port: 1 },
    closed: false,
    onData: (_packet: Buffer): void => undefined,
    send: (packet: Buffer) => {
      for (const each of change(packet)) queueMicrotask(() => session.receive(each));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const session = new DtlsSession(relay.certificate, [announced], {
    send: (packet) => {
      outcome.sent++;
      queueMicrotask(() => wire.onData(packet));
    },
    onConnected: (keys) => {
      outcome.keys = keys;
    },
    onRefused: (reason) => {
      outcome.refusal = reason;
    },
    onClosed: () => undefined,
  });
  const dtls = new DtlsClient({
    cert: client.certPem,
    key: client.privateKey,
    signatureHash: client.signatureHash,
    transport: wire,
    srtpProfiles: [7],
    extendedMasterSecret: true,
  });
  dtls.onError.subscribe(() => undefined);
  void dtls.connect();
  return { outcome, session, dtls };
}

describe("DTLS with a page", () => {
  it("gives both ends the same keys", async () => {
    const { outcome, dtls } = handshake(page.certificate, page.fingerprint);
    await vi.waitFor(() => expect(outcome.keys).toBeDefined(), 5_000);
    const theirs = dtls.extractSessionKeys(16, 12);
    expect(outcome.keys?.remote.key).toEqual(Buffer.from(theirs.localKey));
    expect(outcome.keys?.local.salt).toEqual(Buffer.from(theirs.remoteSalt));
  });

  it("is refused to one with another certificate than the offer named", async () => {
    const { outcome } = handshake(page.certificate, relay.fingerprint);
    await vi.waitFor(() => expect(outcome.refusal).toMatch(/not the one that the offer named/), 5_000);
    expect(outcome.keys).toBeUndefined();
  });

  it("is refused to one who has the right certificate, but not its key", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const stolen = new RTCCertificate(
      privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      page.certificate.certPem,
      ECDSA_SHA256,
    );
    const { outcome } = handshake(stolen, page.fingerprint);
    await vi.waitFor(() => expect(outcome.refusal).toMatch(/its certificate's key/), 5_000);
    expect(outcome.keys).toBeUndefined();
  });

  it("is not begun anew by anyone once it stands", async () => {
    let hello: Buffer | undefined;
    const { outcome, session } = handshake(page.certificate, page.fingerprint, (packet) => {
      hello ??= packet;
      return [packet];
    });
    await vi.waitFor(() => expect(outcome.keys).toBeDefined(), 5_000);
    const { sent } = outcome;
    if (hello) session.receive(hello);
    // It would be answered at once, with a cookie.
    expect(outcome.sent).toBe(sent);
    expect(outcome.refusal).toBeUndefined();
  });

  it("takes what is no DTLS for none", () => {
    const { session } = handshake(page.certificate, page.fingerprint, () => []);
    for (const packet of [[], [22], [22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 1]]) {
      expect(session.receive(Buffer.from(packet))).toBe(false);
    }
  });
});
