import { MemberChoice } from "@/lib/contracts/hosting";
import { apiRoute, methodNotAllowed, noContent, requireMember } from "@/lib/server/http";

/** The host puts a member out, for good. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireMember(claims);
  const { uid } = await call.body(MemberChoice);
  call.runtime.hub.hosting.remove(claims.room, claims.uid, uid);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
