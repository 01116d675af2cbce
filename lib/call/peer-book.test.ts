import * as v from "valibot";
import { expect, test } from "vitest";
import { Instance, Uid } from "@/lib/contracts/identifiers";
import type { Member } from "@/lib/contracts/members";
import { PeerBook } from "./peer-book";
import { memberOf } from "./testing/member";

const HERE = v.parse(Instance, "11111111-1111-4111-8111-111111111111");
const RELOADED = v.parse(Instance, "22222222-2222-4222-8222-222222222222");
const ROHIT = v.parse(Uid, 7);

function member(screen: number | null, instance = HERE): Member {
  return memberOf(ROHIT, { instance, screen: screen === null ? null : v.parse(Uid, screen) });
}

const rohit = { uid: 7, instance: HERE, role: "person" };
const screen = { uid: 70, instance: HERE, role: "screen" };

test("a share is someone more, at its owner's page, and goes when it ends", () => {
  const book = new PeerBook();
  expect(book.take({ set: [member(null)], left: [] })).toEqual([{ type: "peer", peer: rohit }]);
  expect(book.take({ set: [member(70)], left: [] })).toEqual([
    { type: "peer", peer: rohit },
    { type: "peer", peer: screen },
  ]);
  expect(book.peers).toEqual([rohit, screen]);
  expect(book.take({ set: [member(null)], left: [] })).toEqual([
    { type: "peer-left", uid: 70 },
    { type: "peer", peer: rohit },
  ]);
  expect(book.peers).toEqual([rohit]);
});

test("a new share takes the place of the one before, and goes with its owner", () => {
  const book = new PeerBook();
  book.take({ set: [member(70)], left: [] });
  expect(book.take({ set: [member(71)], left: [] })[0]).toEqual({ type: "peer-left", uid: 70 });
  expect(book.take({ set: [], left: [ROHIT] })).toEqual([
    { type: "peer-left", uid: 71 },
    { type: "peer-left", uid: 7 },
  ]);
  expect(book.peers).toEqual([]);
});

test("a page that is loaded anew is another address", () => {
  const book = new PeerBook();
  book.take({ set: [member(null)], left: [] });
  book.take({ set: [member(null, RELOADED)], left: [] });
  expect(book.peers).toEqual([{ ...rohit, instance: RELOADED }]);
});
