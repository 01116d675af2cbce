import { MemberChoice } from "@/lib/contracts/hosting";
import { apiRoute, methodNotAllowed, noContent, requireMember } from "@/lib/server/http";

/** The host has everyone's page play a member's microphone no more, until that member unmutes. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireMember(claims);
  const { uid } = await call.body(MemberChoice);
  call.runtime.hub.hosting.mute(claims.room, claims.uid, uid);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
