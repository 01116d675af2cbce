import "server-only";
import { createHmac } from "node:crypto";
import type { IceServer } from "@/lib/contracts/http";
import type { Uid } from "@/lib/contracts/identifiers";
import type { Settings } from "./env";

/**
 * The ICE servers for one token's holder: as set, and TURN with credentials that last as long as the token
 * (draft-uberti-behave-turn-rest-00: username `expiry:uid`, password HMAC-SHA1 of it). None by default, and none with
 * Agora, which brings its own.
 */
export function iceServersFor(settings: Settings, uid: Uid, expiresAtSeconds: number): IceServer[] {
  if (settings.transport === "agora") return [];
  if (!settings.turn) return settings.iceServers;
  const { urls, secret } = settings.turn;
  const username = `${expiresAtSeconds}:${uid}`;
  const credential = createHmac("sha1", secret).update(username).digest("base64");
  return [{ urls, username, credential }];
}
