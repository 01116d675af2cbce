import AgoraRTC, { AgoraRTCProvider } from "agora-rtc-react";
import { useState } from "react";

/** One copy of agora-rtc-react, with the SDK that is in it, and nothing done with either. */
export function SdkVersion() {
  const [client] = useState(() => AgoraRTC.createClient({ mode: "rtc", codec: "vp8" }));
  return (
    <AgoraRTCProvider client={client}>
      <h1>{AgoraRTC.VERSION}</h1>
    </AgoraRTCProvider>
  );
}
