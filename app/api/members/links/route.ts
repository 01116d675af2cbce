import { LinksReport } from "@/lib/contracts/http";
import { apiRoute, methodNotAllowed, noContent, requireMember } from "@/lib/server/http";

/** Whom a member's page cannot reach, for everyone in the room to know. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireMember(claims);
  await call.countMember("links", claims);
  const { instance, unreachable } = await call.body(LinksReport);
  call.runtime.hub.noteUnreachable(claims.room, { uid: claims.uid, instance }, unreachable);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
