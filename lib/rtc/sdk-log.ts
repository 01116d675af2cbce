import AgoraRTC from "agora-rtc-react";

const WARNING = 2;

/** The SDK has the console told of its every call, which takes as long as the calls: of what goes wrong is enough. */
export function quietSdkLog(): void {
  AgoraRTC.setLogLevel(WARNING);
}
