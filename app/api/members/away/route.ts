import { AwayRequest } from "@/lib/contracts/http";
import { apiRoute, methodNotAllowed, noContent } from "@/lib/server/http";

/** A page goes: closed, or reloaded. */
export const POST = apiRoute(async (call) => {
  const { room, uid } = call.lateCaller();
  const { instance } = await call.body(AwayRequest, { isOptional: true });
  call.runtime.hub.streams.away(room, uid, instance);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
