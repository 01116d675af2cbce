import { RoomChange } from "@/lib/contracts/hosting";
import { apiRoute, json, methodNotAllowed, requireMember, requireRoom } from "@/lib/server/http";

/** The host locks or opens the door, or makes another member host. */
export const PATCH = apiRoute(async (call) => {
  const claims = call.caller();
  requireRoom(call.request, claims);
  requireMember(claims);
  const change = await call.body(RoomChange);
  return json(call.runtime.hub.hosting.change(claims.room, claims.uid, change));
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as POST, methodNotAllowed as PUT };
