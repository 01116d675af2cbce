import * as v from "valibot";
import { expect, test } from "vitest";
import { Uid } from "@/lib/contracts/identifiers";
import type { UnreachablePeer } from "@/lib/contracts/members";
import { CutLinks } from "./cut-links";

const peer = (uid: number): UnreachablePeer => ({ uid: v.parse(Uid, uid), obstacle: "no-turn" });
const [riya, rahul] = [peer(1), peer(2)];

test("a link that is down is told after three seconds, each by itself", () => {
  const links = new CutLinks();
  expect(links.note([riya], 0)).toEqual([]);
  expect(links.note([riya, rahul], 2000)).toEqual([]);
  expect(links.note([riya, rahul], 3000)).toEqual([riya]);
  expect(links.note([riya, rahul], 5000)).toEqual([riya, rahul]);
});

test("one that comes up is told at once, and begins anew when it goes down again", () => {
  const links = new CutLinks();
  links.note([riya], 0);
  expect(links.note([riya], 3000)).toEqual([riya]);
  expect(links.note([], 4000)).toEqual([]);
  expect(links.note([riya], 5000)).toEqual([]);
  expect(links.note([riya], 8000)).toEqual([riya]);
});

test("a page that was cut off itself accuses nobody at once, and takes nothing back that it has told", () => {
  const links = new CutLinks();
  links.note([riya], 0);
  expect(links.note([riya, rahul], 3000)).toEqual([riya]);
  links.pause();
  expect(links.note([riya, rahul], 60_000)).toEqual([riya]);
  expect(links.note([riya, rahul], 63_000)).toEqual([riya, rahul]);
});
