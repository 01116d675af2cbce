import { createCipheriv } from "node:crypto";

/** What DTLS gives each direction (RFC 5764 §4.2, RFC 7714 §12). */
export interface MasterKey {
  key: Buffer;
  salt: Buffer;
}

/** What packets of one direction are protected with. */
export interface SessionKey {
  key: Buffer;
  salt: Buffer;
}

const KEY_BYTES = 16;
const SALT_BYTES = 12;
/** RFC 3711 §4.3.2. */
const Label = { rtpKey: 0, rtpSalt: 2, rtcpKey: 3, rtcpSalt: 5 } as const;

export function rtpSessionKey(master: MasterKey): SessionKey {
  return {
    key: derive(master, Label.rtpKey, KEY_BYTES),
    salt: derive(master, Label.rtpSalt, SALT_BYTES),
  };
}

export function rtcpSessionKey(master: MasterKey): SessionKey {
  return {
    key: derive(master, Label.rtcpKey, KEY_BYTES),
    salt: derive(master, Label.rtcpSalt, SALT_BYTES),
  };
}

/**
 * RFC 3711 §4.3.1 with a key derivation rate of 0: the AES counter mode stream that starts at the salt with the label in it.
 *
 * @param master whose salt may be shorter than RFC 3711's 14 bytes: zeros follow (RFC 7714 §11)
 */
export function derive({ key, salt }: MasterKey, label: number, bytes: number): Buffer {
  const counter = Buffer.alloc(16);
  salt.copy(counter);
  counter.writeUInt8(counter.readUInt8(7) ^ label, 7);
  return createCipheriv("aes-128-ctr", key, counter).update(Buffer.alloc(bytes));
}
