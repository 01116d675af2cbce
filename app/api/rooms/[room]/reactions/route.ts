import { ReactionRequest } from "@/lib/contracts/http";
import { apiRoute, methodNotAllowed, noContent, requireMember, requireRoom } from "@/lib/server/http";

/** A sign that everyone sees for a moment and nobody keeps. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireRoom(call.request, claims);
  requireMember(claims);
  const { reaction } = await call.body(ReactionRequest);
  await call.countMember("reactions", claims);
  call.runtime.hub.chat.react(claims.room, claims.uid, reaction);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
