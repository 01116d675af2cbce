import type { Uid } from "@/lib/contracts/identifiers";
import type { Obstacle } from "@/lib/contracts/members";
import type { LinkPath, PictureLimit } from "@/lib/rtc/link-details";
import type { CallState } from "./call-store";
import type { WayFigures } from "./connection-figures";
import { type CutPair, cutPairs, untoldPairs } from "./cut-pairs";

type People = Pick<CallState, "order" | "players">;

/** More than this many sentences at once are counted, not read. */
const MAX_SENTENCES = 3;

/** Why someone's tile says that they cannot be reached from here. */
export function obstacleOfTile(state: People, uid: Uid): string {
  const pair = cutPairs(state).find(
    ({ from, to }) => (from === uid && state.players[to]?.isLocal) || (to === uid && state.players[from]?.isLocal),
  );
  return pair ? obstacleWords(state, pair) : OBSTACLES.unknown;
}

/**
 * Who in the room cannot reach whom, and why, apart from what the tiles say already: a sentence for each pair, and one
 * for all the pairs of a person who has several.
 *
 * @param isRead whether the person has read of a pair, and put it away
 */
export function cutPairSentences(state: People, isRead: (key: string) => boolean): string[] {
  let pairs = untoldPairs(state).filter(({ key }) => !isRead(key));
  const sentences: string[] = [];
  while (pairs.length > 0 && sentences.length < MAX_SENTENCES) {
    const uid = mostCutOff(state, pairs);
    const own = pairs.filter(({ from, to }) => from === uid || to === uid);
    sentences.push(sentenceOf(state, uid, own));
    pairs = pairs.filter((pair) => !own.includes(pair));
  }
  if (pairs.length > 0) sentences.push(`${pairs.length} more ${pairs.length === 1 ? "pair" : "pairs"} can't, either.`);
  return sentences;
}

/** Who is in most of the pairs; of equals the one who came first. */
function mostCutOff({ order }: People, pairs: readonly CutPair[]): Uid | undefined {
  const count = (uid: Uid) => pairs.filter(({ from, to }) => from === uid || to === uid).length;
  return order.reduce<Uid | undefined>(
    (most, uid) => (count(uid) > (most === undefined ? 0 : count(most)) ? uid : most),
    undefined,
  );
}

function sentenceOf(state: People, uid: Uid | undefined, pairs: readonly CutPair[]): string {
  if (uid === undefined) return "";
  const others = state.order.filter((other) =>
    pairs.some(({ from, to }) => other !== uid && (other === from || other === to)),
  );
  const causes = new Set(pairs.map((pair) => obstacleWords(state, pair)));
  const [cause] = causes;
  return `${whoWords(state, uid, others)}: ${causes.size === 1 ? cause : OBSTACLES.unknown}.`;
}

function whoWords(state: People, uid: Uid, others: readonly Uid[]): string {
  const [one, two, ...more] = others.map((other) => nameOf(state, other, "you"));
  const name = nameOf(state, uid, "You");
  if (more.length > 0) return `${name} can't reach ${others.length} people`;
  if (two !== undefined) return `${name} can't reach ${one} and ${two}`;
  if (name === "You") return `${one} can't reach you`;
  return one === "you" ? `${name} can't reach you` : `${name} and ${one} can't reach each other`;
}

const OBSTACLES = {
  "no-turn": "this server has no TURN server",
  "turn-refused": "the TURN server does not accept this server's credentials",
  unknown: "a firewall may be in the way",
} as const satisfies Partial<Record<Obstacle, string>>;

function obstacleWords(state: People, { from, to, obstacle }: CutPair): string {
  switch (obstacle) {
    case "no-turn":
    case "turn-refused":
    case "unknown":
      return OBSTACLES[obstacle];
    case "udp-blocked":
      return `${whose(state, from)} network may block calls, and this server has no TURN server`;
    case "turn-unreachable":
      return `${whose(state, from)} network does not reach the TURN server`;
    case "relay-unreachable":
      return `${whose(state, from)} network does not let calls through to this server`;
    case "no-answer":
      return `${whose(state, to)} browser does not answer`;
    default:
      return obstacle satisfies never;
  }
}

function whose({ players }: People, uid: Uid): string {
  const player = players[uid];
  return player?.isLocal ? "your" : `${player?.name ?? "someone"}'s`;
}

/** @param self what this person is called where they stand in the sentence */
function nameOf({ players }: People, uid: Uid, self: string): string {
  const player = players[uid];
  return player?.isLocal ? self : (player?.name ?? "Someone");
}

/** From so many lost packets on, of a hundred, sound suffers. */
const LOSS_NOTICED = 0.02;

/** From here on people begin to talk into each other's words (ITU-T G.114: 150 ms one way). Milliseconds. */
const ROUND_TRIP_NOTICED_MS = 300;

/**
 * How well sound and picture go, first in a word and then why, where that is known.
 *
 * @param whose the person's name, or `you`
 */
export function qualityWords(figures: WayFigures, whose: string): string {
  const { grade } = figures;
  if (grade === 0) return "Not known yet";
  if (grade <= 2) return "Good";
  if (grade >= 6) return "No connection";
  return `${grade === 3 ? "Fair" : "Poor"}${causeWords(figures, whose)}`;
}

function causeWords({ sound, picture, roundTripMs }: WayFigures, whose: string): string {
  const lossRate = Math.max(sound?.lossRate ?? 0, picture?.lossRate ?? 0);
  const packets = whose === "you" ? "your packets" : `${whose}'s packets`;
  if (lossRate >= LOSS_NOTICED) return `: ${Math.round(lossRate * 100)} % of ${packets} are lost`;
  if ((roundTripMs ?? 0) >= ROUND_TRIP_NOTICED_MS)
    return `: each answer takes ${Math.round(roundTripMs ?? 0)} ms longer`;
  return "";
}

export function pathWords(path: LinkPath): string {
  switch (path) {
    case "direct":
      return "Direct";
    case "turn":
      return "Through a TURN server";
    case "server":
      return "Through this server";
    case "network":
      return "Over Agora's network";
    case "unknown":
      return "";
    default:
      return path satisfies never;
  }
}

export function pictureLimitWords(limit: PictureLimit): string {
  switch (limit) {
    case "processor":
      return "Your picture is held back by this computer";
    case "network":
      return "Your picture is held back by the network";
    case "nothing":
      return "Nothing holds your picture back";
    default:
      return limit satisfies never;
  }
}
