import * as v from "valibot";
import { Instance } from "@/lib/contracts/identifiers";
import { apiRoute, methodNotAllowed, parseInput, requireRoom } from "@/lib/server/http";

const EventsQuery = v.object({ instance: Instance });

/** The room's events, as they happen. */
export const GET = apiRoute(({ caller, address, request, runtime: { hub } }) => {
  const claims = caller();
  requireRoom(request, claims);
  const asked = new URL(request.url).searchParams.get("instance") ?? undefined;
  const { instance } = parseInput(EventsQuery, { instance: asked });
  const owner = { uid: claims.uid, instance, tokenExpiresAtSeconds: claims.expiresAtSeconds };
  const lastEventId = request.headers.get("last-event-id");
  const stream = hub.streams.open(claims.room, owner, { lastEventId, address, signal: request.signal });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Without no-transform, Next's compression would hold events back; without the other, nginx would.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
});

export {
  methodNotAllowed as DELETE,
  methodNotAllowed as HEAD,
  methodNotAllowed as PATCH,
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
};
