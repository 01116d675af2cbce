import * as v from "valibot";
import type { MediaProblem } from "@/lib/contracts/http";

/**
 * What the SDK throws from `join`. Its access point's refusals all have one code; which of them it was stands in `desc`, by
 * the SDK's own table of constants.
 */
const JoinError = v.object({
  code: v.string(),
  data: v.optional(v.object({ desc: v.optional(v.union([v.string(), v.array(v.string())])) })),
});

const PROBLEM_OF_DESC: Record<string, MediaProblem> = {
  "invalid vendor key, can not find appid": "app-unknown",
  "no active status": "app-unknown",
  "invalid token, authorized failed": "token-refused",
  "dynamic key or token timeout": "token-refused",
  "dynamic key expired": "token-refused",
  "static use dynamic key": "token-refused",
  "dynamic use static key": "token-refused",
};

/**
 * Why a client could not join, as far as it says.
 *
 * @param error what `join` rejected with
 * @returns `undefined` for what is no refusal of the network's: a mistake of this app's, or a leave meanwhile
 */
export function joinProblemOf(error: unknown): MediaProblem | undefined {
  const parsed = v.safeParse(JoinError, error);
  if (!parsed.success || parsed.output.code !== "CAN_NOT_GET_GATEWAY_SERVER") return undefined;
  const descriptions = [parsed.output.data?.desc ?? []].flat();
  const known = descriptions.flatMap((desc) => PROBLEM_OF_DESC[desc] ?? []);
  return known[0] ?? "refused";
}
