import { AppError } from "@/lib/app-error";
import { apiRoute, methodNotAllowed } from "@/lib/server/http";
import { isSameSecret } from "@/lib/server/same-secret";

/** The server's figures, for who has `METRICS_TOKEN`; to anyone else there is nothing here. */
export const GET = apiRoute(async ({ request, runtime: { metrics, settings } }) => {
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  const isAllowed = given !== undefined && settings.metricsToken !== null && isSameSecret(given, settings.metricsToken);
  if (!metrics || !isAllowed) throw new AppError("not_found", "There is no such address.");
  return new Response(await metrics.text(), {
    headers: { "content-type": metrics.contentType, "cache-control": "no-store" },
  });
});

export { methodNotAllowed as DELETE, methodNotAllowed as PATCH, methodNotAllowed as POST, methodNotAllowed as PUT };
