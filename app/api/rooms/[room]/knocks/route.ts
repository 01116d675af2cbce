import { KnockRequest, type KnockState } from "@/lib/contracts/hosting";
import { apiRoute, json, methodNotAllowed, noContent, requireRoom } from "@/lib/server/http";

/** Asks to be let in. The answer comes on the stream; asking again keeps one's place. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireRoom(call.request, claims);
  await call.countMember("knocks", claims);
  const { name } = await call.body(KnockRequest);
  const state: KnockState = call.runtime.hub.knocking.knock(claims.room, { uid: claims.uid, name });
  return json({ state });
}, "arrivals");

/** Gives up. */
export const DELETE = apiRoute(({ lateCaller, request, runtime: { hub } }) => {
  const claims = lateCaller();
  requireRoom(request, claims);
  hub.knocking.withdraw(claims.room, claims.uid);
  return noContent();
});

export { methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
