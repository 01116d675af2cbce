import { readEffectFile } from "@/lib/server/effect-files";
import { apiRoute, methodNotAllowed } from "@/lib/server/http";

/** A file for blur or noise suppression, from this server and no other. Kept by the browser, and asked after each time. */
export const GET = apiRoute(async ({ request }) => {
  const { bytes, type, etag } = await readEffectFile(new URL(request.url).pathname.split("/").at(-1) ?? "");
  const headers = {
    "cache-control": "public, no-cache",
    etag,
    "x-content-type-options": "nosniff",
  };
  if (request.headers.get("if-none-match")?.includes(etag)) return new Response(null, { status: 304, headers });
  return new Response(bytes, { headers: { ...headers, "content-type": type } });
});

export { methodNotAllowed as DELETE, methodNotAllowed as PATCH, methodNotAllowed as POST, methodNotAllowed as PUT };
