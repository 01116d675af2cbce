import type { UID } from "agora-rtc-react";
import * as v from "valibot";
import { RtcToken } from "@/lib/contracts/identifiers";
import { RtcError, rtcError } from "./rtc-errors";
import type { Signalling } from "./signalling";

/**
 * Checks that what a client joins with is the seat that the signalling has. A newer token for it is taken from then on.
 *
 * @throws {RtcError} `CAN_NOT_GET_GATEWAY_SERVER`, as Agora's access point refuses
 */
export async function checkSeat(
  signalling: Signalling,
  { channel, token, uid }: { channel: string; token: string | null; uid: UID | null | undefined },
): Promise<void> {
  const { seat } = signalling;
  if (!seat || token === null) throw noSeat("there is no seat in the room");
  if (seat.room !== channel) throw noSeat("invalid token, authorized failed: the seat is in another room");
  if (uid && uid !== seat.uid) throw noSeat("invalid token, authorized failed: the seat is another uid's");
  if (token === seat.token) return;
  try {
    await signalling.renewToken(parseToken(token));
  } catch (error) {
    throw noSeat("invalid token, authorized failed", { cause: error });
  }
}

export function noSeat(message: string, options?: ErrorOptions): RtcError {
  return new RtcError("CAN_NOT_GET_GATEWAY_SERVER", message, options);
}

/** @throws {RtcError} `INVALID_PARAMS` */
export function parseToken(token: string): RtcToken {
  const parsed = v.safeParse(RtcToken, token);
  if (!parsed.success) throw rtcError.invalidParams("this is no token");
  return parsed.output;
}
