import type { Page } from "@playwright/test";

interface BareCall {
  clickedAt: number;
  /** When the other's first frame is shown. */
  seenAt: Promise<number>;
}

declare global {
  interface Window {
    bareCall: BareCall;
  }
}

/**
 * The least that the browser takes for a call between two tabs of one origin: a peer connection each, made at the click,
 * signalled by a `BroadcastChannel`, with the camera and the microphone open and the camera's picture shown as before joining.
 *
 * @returns milliseconds from the click to the first frame of the other, and to being seen by them
 */
export async function timeBareCall(
  first: Page,
  second: Page,
  baseURL: string,
): Promise<{ sees: number; seen: number }> {
  for (const page of [first, second]) {
    // A page of the same origin with nothing on it.
    await page.goto(`${baseURL}/robots.txt`);
    await page.evaluate(prepareBareCall);
  }
  // Asked before the click: nothing is asked of the pages in the middle of what is measured.
  const seen = Promise.all([first, second].map((page) => page.evaluate(() => window.bareCall.seenAt)));
  await Promise.all([second.getByRole("button", { name: "Call" }).click(), seen]);
  const [thereAt = 0, hereAt = 0] = await seen;
  const clickedAt = await second.evaluate(() => window.bareCall.clickedAt);
  return { sees: hereAt - clickedAt, seen: thereAt - clickedAt };
}

/** Runs in the page. */
async function prepareBareCall(): Promise<void> {
  let onSeen: ((seenAt: number) => void) | undefined;
  const call: BareCall = {
    clickedAt: 0,
    seenAt: new Promise((resolve) => {
      onSeen = resolve;
    }),
  };
  window.bareCall = call;
  const nowMs = () => performance.timeOrigin + performance.now();
  const show = (stream: MediaStream) => {
    const video = document.createElement("video");
    video.muted = true;
    video.autoplay = true;
    video.style.width = "480px";
    video.srcObject = stream;
    document.body.append(video);
    return video;
  };

  const own = await navigator.mediaDevices.getUserMedia({
    video: { width: 640, height: 360, frameRate: 24 },
    audio: true,
  });
  const preview = show(own);
  await new Promise((resolve) => preview.requestVideoFrameCallback(resolve));

  const channel = new BroadcastChannel("bare-call");
  let connection: RTCPeerConnection | undefined;
  const connect = () => {
    connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate) channel.postMessage({ candidate: candidate.toJSON() });
    });
    connection.addEventListener("track", ({ track, streams: [stream] }) => {
      if (track.kind !== "video" || !stream) return;
      show(stream).requestVideoFrameCallback(() => onSeen?.(nowMs()));
    });
    for (const track of own.getTracks()) connection.addTrack(track, own);
    return connection;
  };

  interface Message {
    description?: RTCSessionDescriptionInit;
    candidate?: RTCIceCandidateInit;
  }
  let applying: Promise<void> = Promise.resolve();
  const take = async ({ description, candidate }: Message) => {
    if (candidate) await connection?.addIceCandidate(candidate);
    if (!description) return;
    if (description.type === "answer") {
      await connection?.setRemoteDescription(description);
      return;
    }
    const answerer = connect();
    await answerer.setRemoteDescription(description);
    await answerer.setLocalDescription();
    channel.postMessage({ description: answerer.localDescription?.toJSON() });
  };
  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    applying = applying.then(() => take(data));
  });

  const button = document.createElement("button");
  button.textContent = "Call";
  button.addEventListener("click", async () => {
    call.clickedAt = nowMs();
    const offerer = connect();
    await offerer.setLocalDescription();
    channel.postMessage({ description: offerer.localDescription?.toJSON() });
  });
  document.body.prepend(button);
}
