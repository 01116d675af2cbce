import AgoraRTC from "agora-rtc-react";
import { agoraSeats } from "./agora-seat";
import { offer } from "./run";

offer({ name: "bundled", sdk: AgoraRTC, takeSeat: agoraSeats(AgoraRTC) });
