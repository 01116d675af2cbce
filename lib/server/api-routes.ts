import "server-only";

/** Every call's address, in the form that figures are kept by: a bounded number of names, whatever is asked for. */
export const API_ROUTES: ReadonlySet<string> = new Set([
  "/api/effects/:file",
  "/api/health",
  "/api/members",
  "/api/members/away",
  "/api/members/hand",
  "/api/members/links",
  "/api/members/mute",
  "/api/members/offer",
  "/api/members/pong",
  "/api/members/remove",
  "/api/members/unmute",
  "/api/metrics",
  "/api/problems",
  "/api/rooms/:room",
  "/api/rooms/:room/events",
  "/api/rooms/:room/knocks",
  "/api/rooms/:room/knocks/answers",
  "/api/rooms/:room/messages",
  "/api/rooms/:room/reactions",
  "/api/rooms/:room/relay",
  "/api/rooms/:room/relay/slots",
  "/api/rooms/:room/signals",
  "/api/token",
]);

const UNKNOWN = "other";

/** @returns `/api/rooms/:room/signals` for `/api/rooms/MAIN/signals`; `other` for what is no call's address */
export function routeOf(pathname: string): string {
  const route = pathname.replace(/^(\/api\/rooms\/)[^/]+/, "$1:room").replace(/^(\/api\/effects\/)[^/]+$/, "$1:file");
  return API_ROUTES.has(route) ? route : UNKNOWN;
}
