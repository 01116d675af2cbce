import { expect, test } from "vitest";
import { MESSAGES_PER_PAGE } from "@/lib/contracts/http";
import type { Uid } from "@/lib/contracts/identifiers";
import type { ChatMessage } from "@/lib/contracts/members";
import { NO_HISTORY, welcomed, withEarlier, withMessage } from "./history";
import { groupsOf } from "./message-groups";

const NOON = new Date(2026, 0, 5, 12).getTime();

function message(id: number, change: Partial<ChatMessage> = {}): ChatMessage {
  return { id, uid: 1 as Uid, name: "RIYA", clientId: `c${id}`, text: `m${id}`, sentAt: NOON + id, ...change };
}
const several = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => message(from + n));
const ids = (messages: readonly ChatMessage[]) => messages.map(({ id }) => id);

test("a message has its place by its id, once", () => {
  let history = welcomed(NO_HISTORY, [message(5)]);
  for (const id of [9, 7, 9, 5, 3]) history = withMessage(history, message(id));
  expect(ids(history.messages)).toEqual([3, 5, 7, 9]);
  expect(withMessage(history, message(7))).toBe(history);
});

test("a new welcome joins what is there where the two meet, and else takes its place: no gap goes unseen", () => {
  const known = withEarlier(welcomed(NO_HISTORY, several(201, 400)), several(1, 200));
  expect(known.hasEarlier).toBe(true);
  const joined = welcomed(known, several(300, 499));
  expect([joined.messages.length, joined.messages[0]?.id, joined.hasEarlier]).toEqual([499, 1, true]);
  const anew = welcomed(known, several(500, 699));
  expect([anew.messages.length, anew.messages[0]?.id, anew.hasEarlier]).toEqual([MESSAGES_PER_PAGE, 500, true]);
  // Another database counts from 1 again.
  const other = welcomed(known, [message(3, { clientId: "other" })]);
  expect([ids(other.messages), other.hasEarlier]).toEqual([[3], false]);
});

test("earlier ones come before the others, until a page is not full", () => {
  const known = welcomed(NO_HISTORY, several(301, 500));
  expect(known.hasEarlier).toBe(true);
  const once = withEarlier(known, several(101, 300));
  const twice = withEarlier(once, several(1, 100));
  expect([ids(twice.messages), twice.hasEarlier]).toEqual([ids(several(1, 500)), false]);
});

test("what was asked for stays apart from what came by itself, also after a new welcome", () => {
  const known = withEarlier(welcomed(NO_HISTORY, several(201, 400)), several(1, 200));
  expect(known.oldestBroughtId).toBe(201);
  expect(withMessage(known, message(401)).oldestBroughtId).toBe(201);
  expect(welcomed(known, several(300, 499)).oldestBroughtId).toBe(201);
  expect(welcomed(known, several(500, 699)).oldestBroughtId).toBe(500);
  expect(welcomed(known, []).oldestBroughtId).toBeNull();
});

test("where the two meet one person's messages are two groups of one day", () => {
  const groups = groupsOf(several(1, 4), 3);
  expect(groups.map((group) => [ids(group.messages), group.beginsDay])).toEqual([
    [[1, 2], true],
    [[3, 4], false],
  ]);
});

test("what one person writes in a row is one group, until they pause, are renamed, or the day ends", () => {
  const groups = groupsOf([
    message(1),
    message(2),
    message(3, { uid: 2 as Uid, name: "RIYA" }),
    message(4, { uid: 2 as Uid, name: "MEERA" }),
    message(5, { uid: 2 as Uid, name: "MEERA", sentAt: NOON + 6 * 60_000 }),
    message(6, { uid: 2 as Uid, name: "MEERA", sentAt: NOON + 12 * 3_600_000 }),
  ]);
  expect(groups.map((group) => [ids(group.messages), group.beginsDay])).toEqual([
    [[1, 2], true],
    [[3], false],
    [[4], false],
    [[5], false],
    [[6], true],
  ]);
});
