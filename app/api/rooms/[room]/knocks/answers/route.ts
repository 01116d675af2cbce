import { KnockAnswer } from "@/lib/contracts/hosting";
import { apiRoute, methodNotAllowed, noContent, requireMember, requireRoom } from "@/lib/server/http";

/** The host lets someone in, or does not. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireRoom(call.request, claims);
  requireMember(claims);
  const { uid, isAdmitted } = await call.body(KnockAnswer);
  const { hosting, knocking } = call.runtime.hub;
  knocking.answer(hosting.requireHost(claims.room, claims.uid), uid, isAdmitted);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
