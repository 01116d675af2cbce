import type * as v from "valibot";
import type { Health } from "@/lib/contracts/http";
import { apiRoute, json, methodNotAllowed } from "@/lib/server/http";

/** Whether the server can do its work: 503 when the database can't be written to, with why. */
export const GET = apiRoute(({ runtime: { databaseWatch, settings } }) => {
  databaseWatch.check();
  const health: v.InferOutput<typeof Health> = { status: "ok", transport: settings.transport };
  return json(health);
});

export { methodNotAllowed as DELETE, methodNotAllowed as PATCH, methodNotAllowed as POST, methodNotAllowed as PUT };
