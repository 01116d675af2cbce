import { PongRequest } from "@/lib/contracts/http";
import { apiRoute, methodNotAllowed, noContent } from "@/lib/server/http";

/** The answer to a `ping`: good as long as the stream itself, which outlives its token by this. */
export const POST = apiRoute(async (call) => {
  const { room, uid } = call.caller(call.runtime.hub.timings.tokenGraceMs / 1_000);
  await call.body(PongRequest);
  call.runtime.hub.pong(room, uid);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
