import AgoraRTC from "agora-rtc-react";

/** Settings of the SDK that its types do not have, by its own names. Read in the bundled SDK 4.24.2. */
const PARAMETERS = {
  /** It lets only Chrome and Edge choose a speaker; Firefox can as well, since 116. */
  RESTRICTION_SET_PLAYBACK_DEVICE: false,
  /**
   * It counts the frames of every video to know when one freezes, by `requestVideoFrameCallback`, which has the page lay itself
   * out and be painted anew for every frame of everyone's. Whether a picture moves is read from the connection here.
   */
  ENABLE_VIDEO_FRAME_CALLBACK: false,
  /**
   * Its AudioContext only measures: what is heard is played by elements, and the microphone is sent as it is. So it need not answer at
   * once, and wakes up less often.
   */
  WEBAUDIO_INIT_OPTIONS: { latencyHint: "playback" } satisfies AudioContextOptions,
};

const sdk: object = AgoraRTC;
if ("setParameter" in sdk && typeof sdk.setParameter === "function") {
  for (const [name, value] of Object.entries(PARAMETERS)) sdk.setParameter(name, value);
}
