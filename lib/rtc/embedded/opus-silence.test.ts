import { expect, test } from "vitest";
import { askingForSilence } from "./opus-silence";

const lines = (...given: string[]) => given.map((line) => `${line}\r\n`).join("");

test("Opus is asked to be silent, in every section, and what else there is stays as it was", () => {
  const section = ["a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;useinbandfec=1", "a=fmtp:63 111/111"];
  const asked = ["a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1", "a=fmtp:63 111/111"];
  expect(askingForSilence(lines(...section, "m=audio 9", ...section))).toBe(lines(...asked, "m=audio 9", ...asked));
});

test.each([
  ["that says so itself", lines("a=rtpmap:111 opus/48000/2", "a=fmtp:111 usedtx=0;minptime=10")],
  ["without Opus", lines("m=audio 9", "a=rtpmap:0 PCMU/8000", "a=fmtp:111 minptime=10")],
  ["without parameters", lines("a=rtpmap:111 opus/48000/2")],
])("a description %s stays as it was", (_name, sdp) => {
  expect(askingForSilence(sdp)).toBe(sdp);
});
