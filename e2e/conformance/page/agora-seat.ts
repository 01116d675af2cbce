import type { IAgoraRTC } from "agora-rtc-react";
import type { Seat, SeatOptions } from "./client-under-test";

const AN_HOUR_SECONDS = 3600;

/** How someone gets in on Agora's network, with either copy of the SDK. */
export function agoraSeats(sdk: Pick<IAgoraRTC, "createClient">) {
  return async (room: string, { expiresInSeconds = AN_HOUR_SECONDS }: SeatOptions = {}): Promise<Seat> => {
    const uid = 1 + Math.floor(Math.random() * (2 ** 32 - 2));
    const { appId, token } = await window.agoraToken({ room, uid, expiresInSeconds });
    return {
      client: sdk.createClient({ mode: "rtc", codec: "vp8" }),
      appId,
      room,
      token,
      uid,
      async renewedToken() {
        return (await window.agoraToken({ room, uid, expiresInSeconds: AN_HOUR_SECONDS + 1 })).token;
      },
      joinElsewhere: () => window.joinElsewhere({ appId, room, token, uid }),
      cutSignalling: () => window.cutSignalling(uid),
      mendSignalling: () => window.mendSignalling(),
      // Nothing of the seat is left where the client has left.
      release: () => Promise.resolve(),
    };
  };
}
