import * as v from "valibot";
import { expect, test } from "vitest";
import { Member, type Obstacle } from "@/lib/contracts/members";
import type { CallState } from "./call-store";
import { cutPairSentences, obstacleOfTile } from "./connection-words";
import type { Player } from "./player";
import { newPlayer } from "./player";

const NAMES = ["ROHIT", "RIYA", "RAHUL", "MEERA", "ARJUN"];
const uidOf = (name: string) => NAMES.indexOf(name) + 1;

/** A room as ROHIT sees it; each line says who cannot reach whom, by whose word. */
function room(
  lines: Array<[from: string, to: string, obstacle?: Obstacle]>,
  changes: Record<string, Partial<Player>> = {},
) {
  const members = NAMES.map((name) =>
    v.parse(Member, {
      uid: uidOf(name),
      name,
      state: "connected",
      instance: "8f14e45f-ceea-4670-8b9e-6a1c1f5c4d2a",
      joinedAt: 0,
      handRaisedAt: null,
      isMutedByHost: false,
      screen: null,
      unreachable: lines
        .filter(([from]) => from === name)
        .map(([, to, obstacle = "no-turn"]) => ({ uid: uidOf(to), obstacle })),
    }),
  );
  const players: CallState["players"] = Object.fromEntries(
    members.map((member) => [member.uid, { ...newPlayer(member, member.name === "ROHIT"), ...changes[member.name] }]),
  );
  return { order: members.map(({ uid }) => uid), players, members };
}

const sentences = (...args: Parameters<typeof room>) => cutPairSentences(room(...args), () => false);

function tileWords(name: string, ...args: Parameters<typeof room>) {
  const state = room(...args);
  const member = state.members.find((each) => each.name === name);
  return member && obstacleOfTile(state, member.uid);
}

test("a pair of others is named once, whoever of the two says it, with the reason", () => {
  const words = ["RIYA and RAHUL can't reach each other: this server has no TURN server."];
  expect(sentences([["RIYA", "RAHUL"]])).toEqual(words);
  expect(sentences([["RAHUL", "RIYA"]])).toEqual(words);
  expect(
    sentences([
      ["RAHUL", "RIYA"],
      ["RIYA", "RAHUL"],
    ]),
  ).toEqual(words);
});

test("of two ends the one that knows more is believed", () => {
  expect(
    sentences([
      ["RIYA", "RAHUL", "unknown"],
      ["RAHUL", "RIYA", "turn-unreachable"],
    ]),
  ).toEqual(["RIYA and RAHUL can't reach each other: RAHUL's network does not reach the TURN server."]);
});

test.each<[Obstacle, string]>([
  ["no-turn", "this server has no TURN server"],
  ["udp-blocked", "RIYA's network may block calls, and this server has no TURN server"],
  ["turn-unreachable", "RIYA's network does not reach the TURN server"],
  ["turn-refused", "the TURN server does not accept this server's credentials"],
  ["no-answer", "RAHUL's browser does not answer"],
  ["unknown", "a firewall may be in the way"],
])("the reason %s in words", (obstacle, words) => {
  expect(sentences([["RIYA", "RAHUL", obstacle]])).toEqual([`RIYA and RAHUL can't reach each other: ${words}.`]);
});

test("someone who is cut off from several is one sentence", () => {
  expect(
    sentences([
      ["MEERA", "RIYA"],
      ["RAHUL", "MEERA"],
    ]),
  ).toEqual(["MEERA can't reach RIYA and RAHUL: this server has no TURN server."]);
  expect(
    sentences([
      ["MEERA", "RIYA"],
      ["MEERA", "RAHUL", "unknown"],
      ["ARJUN", "MEERA"],
      ["ARJUN", "RIYA"],
    ]),
  ).toEqual([
    "MEERA can't reach 3 people: a firewall may be in the way.",
    "RIYA and ARJUN can't reach each other: this server has no TURN server.",
  ]);
});

test("what is put away is not said again", () => {
  const state = room([
    ["RIYA", "RAHUL"],
    ["MEERA", "ARJUN"],
  ]);
  expect(cutPairSentences(state, (key) => key === "2-3")).toEqual([
    "MEERA and ARJUN can't reach each other: this server has no TURN server.",
  ]);
});

test("of those who are reconnecting, not here yet or gone, that alone is said", () => {
  expect(sentences([["RIYA", "RAHUL"]], { RAHUL: { memberState: "reconnecting" } })).toEqual([]);
  expect(sentences([["RIYA", "RAHUL"]], { RIYA: { memberState: "connecting" } })).toEqual([]);
  const { order, players } = room([["RIYA", "RAHUL"]]);
  const left = Object.fromEntries(Object.entries(players).filter(([, { name }]) => name !== "RAHUL"));
  expect(cutPairSentences({ order, players: left }, () => false)).toEqual([]);
});

test("one's own pair is on the tile, and a sentence only where the other says it and the tile is well", () => {
  expect(sentences([["RIYA", "ROHIT"]], { RIYA: { link: "down" } })).toEqual([]);
  expect(sentences([["RIYA", "ROHIT"]], { RIYA: { link: "up" } })).toEqual([
    "RIYA can't reach you: this server has no TURN server.",
  ]);
});

test("a tile gives the reason, from either end, and a guess while neither has said one", () => {
  const down = { RIYA: { link: "down" } } as const;
  expect(tileWords("RIYA", [["ROHIT", "RIYA"]], down)).toBe("this server has no TURN server");
  expect(tileWords("RIYA", [["RIYA", "ROHIT", "turn-unreachable"]], down)).toBe(
    "RIYA's network does not reach the TURN server",
  );
  expect(tileWords("RIYA", [["ROHIT", "RIYA", "turn-unreachable"]], down)).toBe(
    "your network does not reach the TURN server",
  );
  expect(tileWords("RIYA", [], down)).toBe("a firewall may be in the way");
});
