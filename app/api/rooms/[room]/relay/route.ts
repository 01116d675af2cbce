import { RelayOffer } from "@/lib/contracts/relay";
import { isCallerOnThisMachine } from "@/lib/server/client-address";
import { apiRoute, json, methodNotAllowed, requireMember, requireRoom } from "@/lib/server/http";
import { requireRelay } from "@/lib/server/relay/require-relay";

const MAX_BYTES = 1024 * 1024;

/** Connects a page to the relay. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireRoom(call.request, claims);
  requireMember(claims);
  await call.countMember("relays", claims);
  const offer = await call.body(RelayOffer, { maxBytes: MAX_BYTES });
  const { room, uid: caller } = claims;
  const { uid = caller, instance } = offer;
  call.runtime.hub.requirePage(room, caller, { uid, instance });
  const relay = requireRelay(call.runtime);
  const sdp = await relay.open({ room, uid }, offer, isCallerOnThisMachine(call.request));
  return json({ description: { type: "answer", sdp } });
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
