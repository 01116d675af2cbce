/** The least that a call of the API costs. */
export function POST(): Response {
  // Not compressed, as the app's own short answers are not.
  return Response.json({}, { headers: { "cache-control": "no-store, no-transform" } });
}
