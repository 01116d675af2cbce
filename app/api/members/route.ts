import * as v from "valibot";
import { JoinRequest, RenameRequest } from "@/lib/contracts/http";
import { Uid } from "@/lib/contracts/identifiers";
import { issueCredentials } from "@/lib/server/credentials";
import { apiRoute, json, methodNotAllowed, noContent, parseInput } from "@/lib/server/http";
import { nobody, notAMember } from "@/lib/server/refusals";
import { MAX_SIGNALS_BYTES } from "@/lib/server/request-body";

const UidParameter = v.pipe(
  v.pipe(
    v.pipe(v.string(), v.regex(/^\d{1,10}$/, "`uid` must be a whole number from 1 to 4294967295.")),
    v.transform(Number),
  ),
  Uid,
);

/** Gets or creates the member, and has others hear at once what it says to them: the offers of the newcomer, most of all. */
export const POST = apiRoute(async (call) => {
  const claims = call.caller();
  const { room, uid } = claims;
  await call.countMember("joins", claims);
  const { name, instance, signals = [] } = await call.body(JoinRequest, { maxBytes: MAX_SIGNALS_BYTES });
  const credentials = issueCredentials(call.runtime, { room, uid, kind: "join" });
  const joined = call.runtime.hub.join(room, { uid, name, instance, tokenExpiresAtSeconds: credentials.expiresAt });
  if (signals.length > 0) call.runtime.hub.signal(room, uid, signals);
  return json({ ...credentials, ...joined }, joined.created ? 201 : 200);
});

/** Everyone in the room, or with `?uid=` one of them. */
export const GET = apiRoute(({ caller, request, runtime: { hub } }) => {
  const { room, uid } = caller();
  const members = hub.membersFor(room, uid);
  const asked = new URL(request.url).searchParams.get("uid");
  if (asked === null) return json(members);
  const wanted = parseInput(v.object({ uid: UidParameter }), { uid: asked }).uid;
  const member = members.find((one) => one.uid === wanted);
  if (!member) throw nobody();
  return json(member);
});

/** A new name. */
export const PATCH = apiRoute(async (call) => {
  const claims = call.caller();
  const { room, uid, kind } = claims;
  await call.countMember("names", claims);
  const { name } = await call.body(RenameRequest);
  const member = kind === "join" ? call.runtime.hub.rename(room, uid, name) : undefined;
  if (!member) throw notAMember();
  return json(member);
});

/** The Leave button, or with a screen's token the end of its share: also when already gone. */
export const DELETE = apiRoute(({ leaver, runtime: { hub } }) => {
  const { room, uid } = leaver();
  hub.leave(room, uid);
  return noContent();
});

export { methodNotAllowed as PUT };
