import { expect, test } from "vitest";
import { askingEncoders } from "./encoder-wishes";

const lines = (...given: string[]) => given.map((line) => `${line}\r\n`).join("");

test("Opus is asked to be silent, in every section, and what else there is stays as it was", () => {
  const section = ["a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;useinbandfec=1", "a=fmtp:63 111/111"];
  const asked = ["a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1", "a=fmtp:63 111/111"];
  expect(askingEncoders(lines(...section, "m=audio 9", ...section))).toBe(lines(...asked, "m=audio 9", ...asked));
});

test("VP8 is asked to begin with more, in every section, and no other codec is", () => {
  const section = ["a=rtpmap:96 VP8/90000", "a=rtcp-fb:96 nack pli", "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96"];
  const [codec = "", ...rest] = section;
  const asked = [codec, "a=fmtp:96 x-google-start-bitrate=1000", ...rest];
  const other = ["a=rtpmap:98 VP9/90000", "a=fmtp:98 profile-id=0"];
  expect(askingEncoders(lines(...section, ...other, "m=video 9", ...section))).toBe(
    lines(...asked, ...other, "m=video 9", ...asked),
  );
});

test.each([
  ["that says of silence itself", lines("a=rtpmap:111 opus/48000/2", "a=fmtp:111 usedtx=0;minptime=10")],
  ["without Opus and VP8", lines("m=audio 9", "a=rtpmap:0 PCMU/8000", "a=fmtp:111 minptime=10")],
  ["without parameters of Opus", lines("a=rtpmap:111 opus/48000/2")],
  ["with parameters of VP8", lines("a=rtpmap:96 VP8/90000", "a=fmtp:96 x-google-start-bitrate=300")],
])("a description %s stays as it was", (_name, sdp) => {
  expect(askingEncoders(sdp)).toBe(sdp);
});
