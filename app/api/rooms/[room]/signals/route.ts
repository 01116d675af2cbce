import { SignalsRequest } from "@/lib/contracts/http";
import { apiRoute, json, methodNotAllowed, requireMember, requireRoom } from "@/lib/server/http";
import { MAX_SIGNALS_BYTES } from "@/lib/server/request-body";

/** What one page tells others, passed on unread. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireRoom(call.request, claims);
  requireMember(claims);
  await call.countMember("signals", claims);
  const { signals } = await call.body(SignalsRequest, { maxBytes: MAX_SIGNALS_BYTES });
  return json({ absent: call.runtime.hub.signal(claims.room, claims.uid, signals) }, 202);
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
