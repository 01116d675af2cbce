import { StandingOffer } from "@/lib/contracts/http";
import { apiRoute, methodNotAllowed, noContent, requireMember } from "@/lib/server/http";

/** What a page that is alone in its room offers to whoever comes first. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireMember(claims);
  await call.countMember("offers", claims);
  call.runtime.hub.leaveOffer(claims.room, claims.uid, await call.body(StandingOffer));
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
