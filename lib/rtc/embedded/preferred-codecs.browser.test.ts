import { expect, onTestFinished, test } from "vitest";
import { addLines } from "./draft";

function connection(): RTCPeerConnection {
  const made = new RTCPeerConnection();
  onTestFinished(() => made.close());
  return made;
}

/** The names of the codecs of each kind, in their order. */
function codecsOf(description: RTCSessionDescription | null): { audio: string[]; video: string[] } {
  const [, audio = "", video = ""] = description?.sdp.split(/^m=/m) ?? [];
  const namesIn = (section: string) =>
    [...section.matchAll(/^a=rtpmap:\d+ ([^/\r\n]+)/gm)].map(([, name = ""]) => name);
  return { audio: namesIn(audio), video: namesIn(video) };
}

test("a page offers what every browser has, in its own browser's order, and is answered with that", async () => {
  const [untouched, offering, answering] = [connection(), connection(), connection()];
  for (const kind of ["audio", "video"]) untouched.addTransceiver(kind);
  await untouched.setLocalDescription();
  addLines(offering, new MediaStream());
  await offering.setLocalDescription();
  const [all, offered] = [codecsOf(untouched.localDescription), codecsOf(offering.localDescription)];
  expect(offered.audio).toEqual(["opus"]);
  expect(offered.video).toContain("VP8");
  const needed = ["VP8", "H264", "rtx", "red", "ulpfec"];
  expect(offered.video.filter((name) => !needed.includes(name))).toEqual([]);
  expect(offered.video.filter((name) => name === "H264").length).toBeLessThanOrEqual(1);
  expect([...new Set(offered.video)]).toEqual([...new Set(all.video.filter((name) => needed.includes(name)))]);
  expect(all.video.length).toBeGreaterThan(offered.video.length);

  if (offering.localDescription) await answering.setRemoteDescription(offering.localDescription);
  await answering.setLocalDescription();
  expect(codecsOf(answering.localDescription)).toEqual(offered);
});
