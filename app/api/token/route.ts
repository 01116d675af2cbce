import { TokenRequest } from "@/lib/contracts/http";
import { freeUid, issueCredentials, renewCredentials } from "@/lib/server/credentials";
import { apiRoute, json, methodNotAllowed } from "@/lib/server/http";
import { wrongRoom } from "@/lib/server/refusals";

/** A lobby token for a new uid; with a token for that room, the same uid and kind renewed. */
export const POST = apiRoute(async (call) => {
  const claims = call.bearer();
  const { room } = await call.body(TokenRequest);
  if (!claims) return json(issueCredentials(call.runtime, { room, uid: freeUid(call.runtime, room), kind: "lobby" }));
  if (claims.room !== room) throw wrongRoom();
  return json(renewCredentials(call.runtime, claims));
}, "tokens");

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
