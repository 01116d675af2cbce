import { TokenRequest } from "@/lib/contracts/http";
import type { RoomName } from "@/lib/contracts/identifiers";
import { freeUid, issueCredentials, issueScreenCredentials, renewCredentials } from "@/lib/server/credentials";
import { apiRoute, json, methodNotAllowed, requireMember } from "@/lib/server/http";
import { wrongRoom } from "@/lib/server/refusals";
import type { TokenClaims } from "@/lib/server/tokens";

/**
 * A lobby token for a new uid; with a token for that room, the same uid and kind renewed; for a screen, a token of a second
 * uid, or that one renewed.
 */
export const POST = apiRoute(async (call) => {
  const claims = call.bearer();
  const { room, purpose } = await call.body(TokenRequest);
  if (purpose === "screen" && !(claims && call.runtime.hub.screens.has(claims.room, claims.uid))) {
    const owner = ownerOfScreen(call.caller(), room);
    await call.countMember("screens", owner);
    return json(issueScreenCredentials(call.runtime, owner));
  }
  if (!claims) return json(issueCredentials(call.runtime, { room, uid: freeUid(call.runtime, room), kind: "lobby" }));
  if (claims.room !== room) throw wrongRoom();
  return json(renewCredentials(call.runtime, claims));
}, "tokens");

function ownerOfScreen(claims: TokenClaims, room: RoomName): TokenClaims {
  if (claims.room !== room) throw wrongRoom();
  requireMember(claims);
  return claims;
}

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
