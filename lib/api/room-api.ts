import {
  Credentials,
  JoinAnswer,
  type MediaProblem,
  MessageList,
  type OutgoingSignal,
  SignalsAnswer,
} from "@/lib/contracts/http";
import type { Instance, RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import { ChatMessage, type Reaction, type UnreachablePeer } from "@/lib/contracts/members";
import { callApi, callApiFor } from "./call-api";

/** `POST /api/token`: a lobby token for a new uid; with `token`, the same uid and kind renewed. */
export function requestToken(room: RoomName, token?: RtcToken, signal?: AbortSignal): Promise<Credentials> {
  return callApiFor(Credentials, { method: "POST", path: "/api/token", token, body: { room }, signal });
}

/** `POST /api/token` for this member's screen: a second uid, in the place of one shared before. */
export function requestScreenToken(room: RoomName, token: RtcToken, signal?: AbortSignal): Promise<Credentials> {
  const body = { room, purpose: "screen" };
  return callApiFor(Credentials, { method: "POST", path: "/api/token", token, body, signal });
}

/** `POST /api/members`: become a member, or bring name and instance up to date; `signals` are passed on then. */
export function postMember(
  token: RtcToken,
  member: { name: string; instance: Instance; signals?: OutgoingSignal[] },
  signal?: AbortSignal,
): Promise<JoinAnswer> {
  return callApiFor(JoinAnswer, { method: "POST", path: "/api/members", token, body: member, signal });
}

/** `DELETE /api/members`: leave, or with a screen's token share it no more. By keepalive, so that it is said also when the page goes at the same moment. */
export async function deleteMember(token: RtcToken): Promise<void> {
  await callApi({ method: "DELETE", path: "/api/members", token, keepalive: true });
}

/** `POST /api/members/away`: this page is going; a reload will be back in a moment, a closed tab will not. */
export async function postAway(token: RtcToken, instance: Instance): Promise<void> {
  await callApi({ method: "POST", path: "/api/members/away", token, body: { instance }, keepalive: true });
}

/** `POST /api/members/pong`: the answer to a `ping`. */
export async function postPong(token: RtcToken, ping: number): Promise<void> {
  await callApi({ method: "POST", path: "/api/members/pong", token, body: { ping } });
}

/** `POST /api/members/links`: everyone whom this page cannot reach, for the others to know. */
export async function postLinks(
  token: RtcToken,
  report: { instance: Instance; unreachable: UnreachablePeer[] },
  signal?: AbortSignal,
): Promise<void> {
  await callApi({ method: "POST", path: "/api/members/links", token, body: report, signal });
}

/** `POST /api/members/offer`: what this page, alone in the room, offers to whoever comes first (`null`: nothing any more), and the signal that goes to them. */
export async function postOffer(
  token: RtcToken,
  left: { instance: Instance; offer: unknown; onJoin: unknown },
  signal?: AbortSignal,
): Promise<void> {
  await callApi({ method: "POST", path: "/api/members/offer", token, body: left, signal });
}

/** `POST /api/problems`: tells the one who runs the server what only browsers hear. */
export async function postProblem(token: RtcToken, problem: MediaProblem): Promise<void> {
  await callApi({ method: "POST", path: "/api/problems", token, body: { problem } });
}

/** `POST /api/rooms/ROOM/signals`: a batch, in order. */
export function postSignals(
  room: RoomName,
  token: RtcToken,
  signals: OutgoingSignal[],
  signal?: AbortSignal,
): Promise<{ absent: number[] }> {
  return callApiFor(SignalsAnswer, {
    method: "POST",
    path: `/api/rooms/${room}/signals`,
    token,
    body: { signals },
    signal,
  });
}

/** `POST /api/rooms/ROOM/messages`: stored once for each `clientId`, however often it is sent. */
export function postMessage(
  room: RoomName,
  token: RtcToken,
  message: { clientId: string; text: string },
  signal?: AbortSignal,
): Promise<ChatMessage> {
  return callApiFor(ChatMessage, { method: "POST", path: `/api/rooms/${room}/messages`, token, body: message, signal });
}

/** `GET /api/rooms/ROOM/messages?before=ID`: the ones just before it, oldest first. */
export function getMessagesBefore(room: RoomName, token: RtcToken, id: number): Promise<ChatMessage[]> {
  return callApiFor(MessageList, { method: "GET", path: `/api/rooms/${room}/messages?before=${id}`, token });
}

/** `POST /api/rooms/ROOM/reactions`: a sign that everyone sees for a moment. */
export async function postReaction(room: RoomName, token: RtcToken, reaction: Reaction): Promise<void> {
  await callApi({ method: "POST", path: `/api/rooms/${room}/reactions`, token, body: { reaction } });
}

/** `POST /api/members/hand`: one's own; with `uid` another's, which a host can lower. */
export async function postHand(token: RtcToken, hand: { isRaised: boolean; uid?: Uid }): Promise<void> {
  await callApi({ method: "POST", path: "/api/members/hand", token, body: hand });
}

/** `PATCH /api/members`: a new name, for everyone to see. */
export async function patchMember(token: RtcToken, name: string): Promise<void> {
  await callApi({ method: "PATCH", path: "/api/members", token, body: { name } });
}

/** `GET /api/rooms/ROOM/events`: the room's stream of server-sent events, as bytes. */
export async function openEvents(
  room: RoomName,
  token: RtcToken,
  options: { instance: Instance; lastEventId: string | undefined; signal: AbortSignal },
): Promise<ReadableStream<Uint8Array>> {
  const response = await callApi({
    method: "GET",
    path: `/api/rooms/${room}/events?instance=${options.instance}`,
    token,
    headers: options.lastEventId ? { "last-event-id": options.lastEventId } : {},
    signal: options.signal,
  });
  return response.body ?? new ReadableStream({ start: (controller) => controller.close() });
}
