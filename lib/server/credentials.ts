import * as v from "valibot";
import "server-only";
import { randomInt } from "node:crypto";
import type { Credentials } from "@/lib/contracts/http";
import { type RoomName, Uid } from "@/lib/contracts/identifiers";
import { iceServersFor } from "./ice-servers";
import { tokenExpired } from "./refusals";
import type { Runtime } from "./runtime";
import { isExpired, nowSeconds, type TokenClaims, type TokenKind } from "./tokens";

const LOBBY_TTL_SECONDS = 600;

/** Makes a token and all that goes with it. */
export function issueCredentials(
  { settings, tokens }: Runtime,
  claims: { room: RoomName; uid: Uid; kind: TokenKind },
): Credentials {
  const { room, uid, kind } = claims;
  const ttlSeconds = kind === "lobby" ? LOBBY_TTL_SECONDS : settings.tokenTtlSeconds;
  const { token, expiresAtSeconds } = tokens.mint({ room, uid, kind }, ttlSeconds);
  return {
    transport: settings.transport,
    appId: tokens.appId,
    room,
    uid,
    kind,
    token,
    expiresAt: expiresAtSeconds,
    expiresInSeconds: expiresAtSeconds - nowSeconds(),
    iceServers: iceServersFor(settings, uid, expiresAtSeconds),
    topology: settings.topology,
  };
}

/** A random uid that is nobody's in the room. */
export function freeUid({ hub }: Runtime, room: RoomName): Uid {
  let uid: Uid;
  do uid = v.parse(Uid, randomInt(1, 2 ** 32));
  while (hub.isTaken(room, uid));
  return uid;
}

/**
 * A token for a member's screen, of a uid of its own.
 *
 * @throws {AppError} `not_a_member`
 */
export function issueScreenCredentials(runtime: Runtime, owner: TokenClaims): Credentials {
  const { room } = owner;
  const uid = freeUid(runtime, room);
  runtime.hub.screens.begin(room, owner.uid, uid);
  return issueCredentials(runtime, { room, uid, kind: "join" });
}

/**
 * Renews a token for the same uid and kind. One that has expired is renewed while its owner's seat is kept.
 *
 * @throws {AppError} `token_expired`
 */
export function renewCredentials(runtime: Runtime, claims: TokenClaims): Credentials {
  if (isExpired(claims) && !runtime.hub.isSeatKept(claims.room, claims.uid)) throw tokenExpired();
  const credentials = issueCredentials(runtime, claims);
  runtime.hub.streams.renew(claims.room, claims.uid, credentials.expiresAt);
  return credentials;
}
