import { KnockReply, type KnockState, type RoomChange, RoomState } from "@/lib/contracts/hosting";
import type { RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import { callApi, callApiFor } from "./call-api";

/** `PATCH /api/rooms/ROOM`: the host locks or opens the door, or makes another member host. */
export function patchRoom(room: RoomName, token: RtcToken, change: RoomChange): Promise<RoomState> {
  return callApiFor(RoomState, { method: "PATCH", path: `/api/rooms/${room}`, token, body: change });
}

/** `POST /api/members/mute`: nobody's page plays that member's microphone any more, until they unmute. */
export async function postMute(token: RtcToken, uid: Uid): Promise<void> {
  await callApi({ method: "POST", path: "/api/members/mute", token, body: { uid } });
}

/** `POST /api/members/unmute`: this person turned their microphone on again. */
export async function postUnmute(token: RtcToken, signal: AbortSignal): Promise<void> {
  await callApi({ method: "POST", path: "/api/members/unmute", token, signal });
}

/** `POST /api/members/remove` */
export async function postRemove(token: RtcToken, uid: Uid): Promise<void> {
  await callApi({ method: "POST", path: "/api/members/remove", token, body: { uid } });
}

/** `POST /api/rooms/ROOM/knocks`: asks to be let in. */
export async function postKnock(
  room: RoomName,
  token: RtcToken,
  name: string,
  signal: AbortSignal,
): Promise<KnockState> {
  const request = { method: "POST", path: `/api/rooms/${room}/knocks`, token, body: { name }, signal } as const;
  return (await callApiFor(KnockReply, request)).state;
}

/** `DELETE /api/rooms/ROOM/knocks`: gives up. By keepalive, so that it is said also when the page goes. */
export async function deleteKnock(room: RoomName, token: RtcToken): Promise<void> {
  await callApi({ method: "DELETE", path: `/api/rooms/${room}/knocks`, token, keepalive: true });
}

/** `POST /api/rooms/ROOM/knocks/answers`: the host lets someone in, or does not. */
export async function postKnockAnswer(
  room: RoomName,
  token: RtcToken,
  answer: { uid: Uid; isAdmitted: boolean },
): Promise<void> {
  await callApi({ method: "POST", path: `/api/rooms/${room}/knocks/answers`, token, body: answer });
}
