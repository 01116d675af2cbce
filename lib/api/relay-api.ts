import type { Instance, RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import { RelayAnswer, type RelaySlot } from "@/lib/contracts/relay";
import { callApi, callApiFor } from "./call-api";

/** A page's connection to the relay; with `uid`, one of the screen that it shares. */
interface RelayAddress {
  instance: Instance;
  connection: string;
  uid?: Uid;
}

/** `POST /api/rooms/ROOM/relay`: makes a connection to the relay. @returns the answer's SDP */
export async function openRelayConnection(
  room: RoomName,
  token: RtcToken,
  { sdp, ...offer }: RelayAddress & { sdp: string; receives: RelaySlot[] },
  signal: AbortSignal,
): Promise<string> {
  const body = { ...offer, description: { type: "offer", sdp } };
  const path = `/api/rooms/${room}/relay` as const;
  const { description } = await callApiFor(RelayAnswer, { method: "POST", path, token, body, signal });
  return description.sdp;
}

/** `POST /api/rooms/ROOM/relay/slots`: what a connection is to carry from now on. */
export async function setRelaySlots(
  room: RoomName,
  token: RtcToken,
  slots: RelayAddress & { seq: number; receives: RelaySlot[] },
  signal: AbortSignal,
): Promise<void> {
  await callApi({ method: "POST", path: `/api/rooms/${room}/relay/slots`, token, body: slots, signal });
}
