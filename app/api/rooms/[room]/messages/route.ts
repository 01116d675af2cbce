import * as v from "valibot";
import { MessageRequest } from "@/lib/contracts/http";
import { apiRoute, json, methodNotAllowed, parseInput, requireMember, requireRoom } from "@/lib/server/http";

/** `?before=ID` */
const OlderQuery = v.object({
  before: v.pipe(
    v.pipe(v.string("`before` must be a message's id."), v.regex(/^\d{1,15}$/, "`before` must be a message's id.")),
    v.transform(Number),
  ),
});

/** A chat message, stored once however often it is sent. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  requireRoom(call.request, claims);
  requireMember(claims);
  const message = await call.body(MessageRequest);
  await call.countMember("messages", claims);
  const { message: stored, created } = call.runtime.hub.chat.say(claims.room, claims.uid, message);
  return json(stored, created ? 201 : 200);
}, "writing");

/** What was written before the message `?before=`, for those who scroll back. */
export const GET = apiRoute(({ caller, request, runtime: { hub } }) => {
  const claims = caller();
  requireRoom(request, claims);
  requireMember(claims);
  const asked = new URL(request.url).searchParams.get("before") ?? undefined;
  const { before } = parseInput(OlderQuery, { before: asked });
  return json(hub.chat.before(claims.room, claims.uid, before));
});

export { methodNotAllowed as DELETE, methodNotAllowed as PATCH, methodNotAllowed as PUT };
