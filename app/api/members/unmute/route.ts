import { apiRoute, methodNotAllowed, noContent, requireMember } from "@/lib/server/http";

/** The caller, whom a host had muted, turned their microphone on again. */
export const POST = apiRoute(({ caller, runtime: { hub } }) => {
  const claims = caller();
  requireMember(claims);
  hub.hosting.unmute(claims.room, claims.uid);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
