import type { IAgoraRTC } from "agora-rtc-react";
import AgoraRTC from "agora-rtc-sdk-ng";
import { agoraSeats } from "./agora-seat";
import { offer } from "./run";

// The two copies declare classes with private members, so none of their types are assignable to the other's. Whether the
// newer one does what the older one's types say is what the scenarios are there to find out.
const sdk = AgoraRTC as unknown as IAgoraRTC;

offer({ name: "newer", sdk, takeSeat: agoraSeats(sdk) });
