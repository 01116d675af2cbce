import * as v from "valibot";
import "server-only";
import { randomInt, timingSafeEqual } from "node:crypto";
import { AccessToken2, ServiceRtc } from "agora-token/src/AccessToken2.js";
import { AppError } from "@/lib/app-error";
import { RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import { type ReadToken, readToken } from "./token-format";

export type TokenKind = "lobby" | "join";

/** What a token says, once its signature is known to be ours. */
export interface TokenClaims {
  room: RoomName;
  uid: Uid;
  kind: TokenKind;
  /** Unix seconds. */
  expiresAtSeconds: number;
}

interface KnownToken {
  claims: Readonly<TokenClaims>;
  /** Unix seconds. */
  issuedAtSeconds: number;
}

interface TokenKeys {
  appId: string;
  certificate: string;
}

const MIN_TTL_SECONDS = 1;
const MAX_TTL_SECONDS = 86_400;
/** How far in the future a token's issue may lie: this machine's clock may have been set back. */
const MAX_SKEW_SECONDS = 60;
const MAX_SALT = 99_999_999;
const HEX_32 = /^[0-9a-fA-F]{32}$/;
/** Some for each of those whom a server has room for. */
const MAX_KNOWN = 5_000;

const PRIVILEGES = [
  ServiceRtc.kPrivilegeJoinChannel,
  ServiceRtc.kPrivilegePublishAudioStream,
  ServiceRtc.kPrivilegePublishVideoStream,
  ServiceRtc.kPrivilegePublishDataStream,
];

/**
 * Makes and checks tokens in Agora's AccessToken2 format. A join token has the privileges to join and publish; a lobby
 * token has none at all, so that Agora too refuses it.
 */
export class Tokens {
  readonly appId: string;
  readonly #certificate: string;
  /** Those that were made or checked last: a page brings the same one with each call, and to check one takes longer than most calls. */
  readonly #known = new Map<string, KnownToken>();

  /** @throws {Error} when the keys are not 32 hex digits each: `agora-token` would silently make empty tokens */
  constructor(keys: TokenKeys) {
    if (!HEX_32.test(keys.appId) || !HEX_32.test(keys.certificate)) {
      throw new Error("The app id and the certificate must be 32 hexadecimal digits each.");
    }
    this.appId = keys.appId;
    this.#certificate = keys.certificate;
  }

  /**
   * @param claims room and uid are checked again here: `agora-token` takes any
   * @param ttlSeconds 1 to 86400
   * @throws {Error} when any of it is out of range
   */
  mint(
    claims: Omit<TokenClaims, "expiresAtSeconds">,
    ttlSeconds: number,
  ): { token: RtcToken; expiresAtSeconds: number } {
    const room = v.parse(RoomName, claims.room);
    const uid = v.parse(Uid, claims.uid);
    if (!Number.isInteger(ttlSeconds) || ttlSeconds < MIN_TTL_SECONDS || ttlSeconds > MAX_TTL_SECONDS) {
      throw new Error(`A token can't live ${ttlSeconds} seconds.`);
    }
    const issuedAtSeconds = nowSeconds();
    const privileges = new Map(claims.kind === "join" ? PRIVILEGES.map((privilege) => [privilege, ttlSeconds]) : []);
    const salt = randomInt(1, MAX_SALT);
    const built = this.#build({ issuedAtSeconds, expireSeconds: ttlSeconds, salt, privileges, room, uid });
    const token = v.parse(RtcToken, built);
    const expiresAtSeconds = issuedAtSeconds + ttlSeconds;
    this.#know(token, { claims: { room, uid, kind: claims.kind, expiresAtSeconds }, issuedAtSeconds });
    return { token, expiresAtSeconds };
  }

  /**
   * Checks all but the expiry: who asks decides what an expired token is good for.
   *
   * @throws {AppError} `token_invalid` for anything that this server did not make
   */
  verify(token: string): TokenClaims {
    const { claims, issuedAtSeconds } = this.#known.get(token) ?? this.#know(token, this.#check(token));
    if (issuedAtSeconds > nowSeconds() + MAX_SKEW_SECONDS) throw invalid();
    return claims;
  }

  #check(token: string): KnownToken {
    const read = readToken(token);
    if (!read || read.appId !== this.appId) throw invalid();
    const room = v.safeParse(RoomName, read.room);
    const uid = v.safeParse(Uid, Number(read.uid));
    if (!room.success || !uid.success) throw invalid();

    // The token as we would have written it, byte for byte: so neither a forged signature nor another spelling of a
    // genuine token passes.
    const genuine = this.#build({ ...read, room: room.output, uid: uid.output });
    if (!isEqualInConstantTime(genuine, token)) throw invalid();

    const joinSeconds = read.privileges.get(ServiceRtc.kPrivilegeJoinChannel);
    const claims: TokenClaims = {
      room: room.output,
      uid: uid.output,
      kind: joinSeconds === undefined ? "lobby" : "join",
      expiresAtSeconds: read.issuedAtSeconds + Math.min(read.expireSeconds, joinSeconds ?? read.expireSeconds),
    };
    return { claims, issuedAtSeconds: read.issuedAtSeconds };
  }

  #know(token: string, known: KnownToken): KnownToken {
    this.#known.set(token, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  #build(fields: Omit<ReadToken, "appId" | "uid"> & { uid: number }): string {
    const service = new ServiceRtc(fields.room, fields.uid);
    for (const [privilege, seconds] of fields.privileges) service.add_privilege(privilege, seconds);
    const token = new AccessToken2(this.appId, this.#certificate, fields.issuedAtSeconds, fields.expireSeconds);
    token.salt = fields.salt;
    token.add_service(service);
    return token.build();
  }
}

/** Whether a token's time is over, by this machine's clock. */
export function isExpired(claims: TokenClaims, graceSeconds = 0): boolean {
  return claims.expiresAtSeconds + graceSeconds <= nowSeconds();
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}

function isEqualInConstantTime(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function invalid(): AppError {
  return new AppError("token_invalid", "This call's key is not valid here. Reload the page.");
}
