/** The least that a call of the API costs. */
export function POST(): Response {
  return Response.json({});
}
