import { ProblemReport } from "@/lib/contracts/http";
import { apiRoute, methodNotAllowed, noContent, requireMember } from "@/lib/server/http";

/** What keeps a member's browser from sound and picture, for the server's log. */
export const POST = apiRoute(async (call) => {
  requireMember(call.caller());
  const { problem } = await call.body(ProblemReport);
  call.runtime.problems.note(problem);
  return noContent();
});

export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
