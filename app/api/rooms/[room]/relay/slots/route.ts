import { RelaySlots } from "@/lib/contracts/relay";
import { apiRoute, methodNotAllowed, noContent, requireMember, requireRoom } from "@/lib/server/http";
import { requireRelay } from "@/lib/server/relay/require-relay";

/** What a page's connection is to carry to it. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireRoom(call.request, claims);
  requireMember(claims);
  const slots = await call.body(RelaySlots);
  const { room, uid: caller } = claims;
  const { uid = caller, instance } = slots;
  call.runtime.hub.requirePage(room, caller, { uid, instance });
  await requireRelay(call.runtime).ask({ room, uid }, slots);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
