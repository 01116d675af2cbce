import type { ConnectionFigures, FlowFigures, OwnFigures, PersonFigures, WayFigures } from "./connection-figures";
import { pathWords, pictureLimitWords, qualityWords } from "./connection-words";

/** What stands where a figure is not known or means nothing. */
const NONE = "–";

export interface FigureRow {
  label: string;
  sound: string;
  picture: string;
}

/** The figures of sound and picture, in words and units, for a table. */
export function figureRows({ sound, picture }: WayFigures): FigureRow[] {
  const row = (label: string, words: (flow: FlowFigures) => string) => ({
    label,
    sound: sound ? words(sound) : NONE,
    picture: picture ? words(picture) : NONE,
  });
  return [
    row("Bitrate", ({ bitrate }) => bitrateWords(bitrate)),
    row("Packets lost", ({ lossRate }) => percentWords(lossRate)),
    row("Jitter", ({ jitterMs }) => (jitterMs === null ? NONE : millisecondsWords(jitterMs))),
    { label: "Size", sound: NONE, picture: picture?.width ? `${picture.width} × ${picture.height}` : NONE },
    { label: "Frames", sound: NONE, picture: picture ? `${Math.round(picture.framesPerSecond)} a second` : NONE },
    row("Codec", ({ codec }) => codec ?? NONE),
  ];
}

/** How it goes with one person, in a line: the path, and what flows each way. */
export function personLine({ path, roundTripMs, sentBitrate, receivedBitrate }: PersonFigures): string {
  return [
    pathWords(path),
    roundTripMs === null ? "" : roundTripWords(roundTripMs),
    `${bitrateWords(receivedBitrate)} in`,
    sentBitrate === null ? "" : `${bitrateWords(sentBitrate)} out`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The same of all that this page sends and receives. */
export function ownLine({ roundTripMs, sentBitrate, receivedBitrate, pictureLimit, picture }: OwnFigures): string {
  return [
    `${bitrateWords(sentBitrate ?? 0)} out`,
    `${bitrateWords(receivedBitrate)} in`,
    roundTripMs === null ? "" : roundTripWords(roundTripMs),
    picture && pictureLimit ? pictureLimitWords(pictureLimit) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/**
 * All of it as text, for a report of something that goes wrong. There are no addresses in it.
 *
 * @param browser `navigator.userAgent`
 */
export function connectionReport({ own, people }: ConnectionFigures, browser: string): string {
  const ways = [
    { title: `${own.name} (this page)`, words: qualityWords(own, "you"), line: ownLine(own), way: own },
    ...people.map((person) => ({
      title: person.name,
      words: qualityWords(person, person.name),
      line: personLine(person),
      way: person,
    })),
  ];
  const paragraphs = ways.map(({ title, words, line, way }) =>
    [
      `${title}: ${words}`,
      line,
      ...figureRows(way).map(({ label, sound, picture }) => `${label}: sound ${sound}, picture ${picture}`),
    ].join("\n"),
  );
  return [...paragraphs, browser].join("\n\n");
}

/** @param bitrate bits a second */
function bitrateWords(bitrate: number): string {
  return bitrate >= 999_500 ? `${(bitrate / 1e6).toFixed(1)} Mbit/s` : `${Math.round(bitrate / 1000)} kbit/s`;
}

/** @param rate 0 to 1 */
function percentWords(rate: number): string {
  const percent = rate * 100;
  return `${percent > 0 && percent < 1 ? percent.toFixed(1) : Math.round(percent)} %`;
}

function millisecondsWords(ms: number): string {
  return `${Math.round(ms)} ms`;
}

function roundTripWords(ms: number): string {
  return `${ms < 1 ? "< 1" : Math.round(ms)} ms there and back`;
}
