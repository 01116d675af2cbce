import { AccessToken2, kRtcServiceType, ServiceRtc } from "agora-token/src/AccessToken2.js";

export interface TokenKeys {
  appId: string;
  certificate: string;
}

/** What someone asks to be let in to. */
export interface Claim {
  appId: string;
  channel: string;
  uid: number;
}

export type TokenProblem = "unknown-app" | "invalid" | "expired";

export type TokenCheck = { isValid: true; expiresAtSeconds: number } | { isValid: false; problem: TokenProblem };

/**
 * Checks a token as Agora does, with the reader of `agora-token` and not this app's own: the app id, the signature, the
 * channel, the uid, the privilege to join, and the time.
 */
export function checkToken(
  token: string,
  claim: Claim,
  keys: TokenKeys,
  nowSeconds: number = Date.now() / 1000,
): TokenCheck {
  if (claim.appId !== keys.appId) return { isValid: false, problem: "unknown-app" };
  const read = new AccessToken2("", "", 0, 0);
  if (!read.from_string(token) || read.appId.toString() !== keys.appId) return { isValid: false, problem: "invalid" };
  if (!read.verifySignature(keys.certificate)) return { isValid: false, problem: "invalid" };

  for (const service of read.getServices(kRtcServiceType)) {
    if (!(service instanceof ServiceRtc)) continue;
    const { __channel_name: channel, __uid: uid, __privileges: privileges } = service;
    const joinSeconds = privileges[ServiceRtc.kPrivilegeJoinChannel];
    // A token without a uid is for everyone.
    const isForUid = uid.length === 0 || uid.toString() === String(claim.uid);
    if (channel.toString() !== claim.channel || !isForUid || joinSeconds === undefined) continue;
    // A privilege that ends at 0 lasts as long as the token.
    const lastsSeconds = joinSeconds === 0 ? read.expire : Math.min(read.expire, joinSeconds);
    const expiresAtSeconds = read.issueTs + lastsSeconds;
    return expiresAtSeconds > nowSeconds ? { isValid: true, expiresAtSeconds } : { isValid: false, problem: "expired" };
  }
  return { isValid: false, problem: "invalid" };
}
