import { expect, test } from "vitest";
import { type CandidateType, candidateType, obstacleOf } from "./obstacle";

const STUN = { urls: "stun:stun.example.org" };
const TURN = { urls: ["turn:turn.example.org", "turns:turn.example.org:443"] };

function obstacle(
  iceServers: RTCIceServer[],
  found: CandidateType[],
  { hasAnswered = true, isTurnRefused = false } = {},
) {
  const tried = { hasAnswered, isRelayOut: false, isDirectTried: true };
  return obstacleOf({ ...tried, iceServers, found: new Set(found), isTurnRefused });
}

test("without a TURN server it is the server that lacks it", () => {
  expect(obstacle([], ["host"])).toBe("no-turn");
  expect(obstacle([STUN], ["host", "srflx"])).toBe("no-turn");
});

test("where STUN does not answer, UDP may be blocked", () => {
  expect(obstacle([STUN], ["host"])).toBe("udp-blocked");
});

test("a TURN server that gives no address is out of this network's reach; one that does leaves the cause open", () => {
  expect(obstacle([TURN], ["host", "srflx"])).toBe("turn-unreachable");
  expect(obstacle([STUN, TURN], ["host", "relay"])).toBe("unknown");
});

test("a TURN server that refuses the credentials is no fault of the network, unless another one gives an address", () => {
  expect(obstacle([TURN], ["host", "srflx"], { isTurnRefused: true })).toBe("turn-refused");
  expect(obstacle([TURN], ["host", "relay"], { isTurnRefused: true })).toBe("unknown");
});

test("someone whose page never said a word is told apart from a network in the way", () => {
  expect(obstacle([], ["host"], { hasAnswered: false })).toBe("no-answer");
});

test("who does not reach this server's relay is told so before anything else, and nothing is said of ways not tried", () => {
  const tried = { hasAnswered: true, iceServers: [STUN], found: new Set<CandidateType>(), isTurnRefused: false };
  expect(obstacleOf({ ...tried, isRelayOut: true, isDirectTried: true })).toBe("relay-unreachable");
  expect(obstacleOf({ ...tried, isRelayOut: false, isDirectTried: false })).toBe("unknown");
  expect(obstacleOf({ ...tried, hasAnswered: false, isRelayOut: true, isDirectTried: true })).toBe("no-answer");
});

test("a candidate's kind stands in its line", () => {
  const line = "candidate:1 1 udp 2122260223 192.0.2.1 54400 typ srflx raddr 0.0.0.0 rport 0";
  expect(candidateType(line)).toBe("srflx");
  expect(candidateType("candidate:1 1 udp 1 x.local 9 typ host")).toBe("host");
  expect(candidateType("")).toBeUndefined();
});
