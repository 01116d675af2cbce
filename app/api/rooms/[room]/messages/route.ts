import { MessageRequest } from "@/lib/contracts/http";
import { apiRoute, json, methodNotAllowed, requireMember, requireRoom } from "@/lib/server/http";

/** A chat message, stored once however often it is sent. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireRoom(call.request, claims);
  requireMember(claims);
  const { clientId, text } = await call.body(MessageRequest);
  const { message, created } = call.runtime.hub.say(claims.room, claims.uid, clientId, text);
  return json(message, created ? 201 : 200);
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
