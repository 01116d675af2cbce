import * as v from "valibot";
import { expect, test } from "vitest";
import { Uid } from "@/lib/contracts/identifiers";
import type { OwnFigures, PersonFigures } from "./connection-figures";
import { connectionReport, figureRows, ownLine, personLine } from "./connection-text";
import { qualityWords } from "./connection-words";

const sound = { bitrate: 31_600, lossRate: 0, jitterMs: 2.6, codec: "opus" };
const picture = {
  bitrate: 1_240_000,
  lossRate: 0.083,
  jitterMs: null,
  codec: "VP8",
  width: 640,
  height: 360,
  framesPerSecond: 14.6,
};
const riya: PersonFigures = {
  uid: v.parse(Uid, 7),
  name: "RIYA",
  grade: 4,
  path: "server",
  roundTripMs: 41.7,
  sentBitrate: 800_400,
  receivedBitrate: 1_271_600,
  sound,
  picture,
};
const own: OwnFigures = {
  name: "ROHIT",
  grade: 1,
  roundTripMs: 0.4,
  sentBitrate: 460_000,
  receivedBitrate: 0,
  sound,
  picture: null,
  pictureLimit: "processor",
};

test("how well it goes is a word, and where it goes badly the reason", () => {
  const words = (change: Partial<PersonFigures>) => qualityWords({ ...riya, ...change }, "RIYA");
  expect([0, 1, 2, 6].map((grade) => words({ grade }))).toEqual(["Not known yet", "Good", "Good", "No connection"]);
  expect(words({ grade: 3 })).toBe("Fair: 8 % of RIYA's packets are lost");
  expect(words({})).toBe("Poor: 8 % of RIYA's packets are lost");
  expect(qualityWords(riya, "you")).toBe("Poor: 8 % of your packets are lost");
  expect(words({ picture: null, roundTripMs: 912 })).toBe("Poor: each answer takes 912 ms longer");
  expect(words({ picture: null })).toBe("Poor");
});

test("the line beneath says which way it goes, and what flows", () => {
  expect(personLine(riya)).toBe("Through this server · 42 ms there and back · 1.3 Mbit/s in · 800 kbit/s out");
  expect(personLine({ ...riya, path: "network", roundTripMs: null, sentBitrate: null })).toBe(
    "Over Agora's network · 1.3 Mbit/s in",
  );
  expect(ownLine(own)).toBe("460 kbit/s out · 0 kbit/s in · < 1 ms there and back");
  expect(ownLine({ ...own, picture })).toContain("Your picture is held back by this computer");
});

test("a figure that is not known, or not there, is a dash and never a zero", () => {
  const rows = Object.fromEntries(figureRows(riya).map(({ label, ...row }) => [label, row]));
  expect(rows).toEqual({
    Bitrate: { sound: "32 kbit/s", picture: "1.2 Mbit/s" },
    "Packets lost": { sound: "0 %", picture: "8 %" },
    Jitter: { sound: "3 ms", picture: "–" },
    Size: { sound: "–", picture: "640 × 360" },
    Frames: { sound: "–", picture: "15 a second" },
    Codec: { sound: "opus", picture: "VP8" },
  });
  expect(figureRows(own).map((row) => row.picture)).toEqual(Array(6).fill("–"));
});

test("copied as text it has everyone, in the words and numbers of the screen", () => {
  const report = connectionReport({ own, people: [riya] }, "Firefox/150");
  expect(report.split("\n\n").map((part) => part.split("\n")[0])).toEqual([
    "ROHIT (this page): Good",
    "RIYA: Poor: 8 % of RIYA's packets are lost",
    "Firefox/150",
  ]);
  expect(report).toContain("Packets lost: sound 0 %, picture 8 %");
});
