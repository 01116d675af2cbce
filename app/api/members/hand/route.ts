import { HandRequest } from "@/lib/contracts/http";
import { apiRoute, methodNotAllowed, noContent, requireMember } from "@/lib/server/http";

/** The caller's hand, or as a host someone else's, which can only be lowered. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireMember(claims);
  const { isRaised, uid } = await call.body(HandRequest);
  await call.countMember("hands", claims);
  call.runtime.hub.hands.set(claims.room, claims.uid, { whose: uid ?? claims.uid, isRaised });
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
