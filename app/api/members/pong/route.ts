import { PongRequest } from "@/lib/contracts/http";
import { apiRoute, methodNotAllowed, noContent } from "@/lib/server/http";

/** The answer to a `ping`. */
export const POST = apiRoute(async (call) => {
  const { room, uid } = call.lateCaller();
  await call.body(PongRequest);
  call.runtime.hub.streams.pong(room, uid);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
