/** How the server tells its pages the addresses of the call's scripts: a header of the request, set by `proxy.ts` alone. */
export const ROOM_SCRIPTS_HEADER = "x-room-scripts";

/** Addresses have no spaces in them. */
export function readRoomScripts(headers: Pick<Headers, "get">): string[] {
  return headers.get(ROOM_SCRIPTS_HEADER)?.split(" ").filter(Boolean) ?? [];
}
