import * as v from "valibot";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RoomName, type Uid } from "@/lib/contracts/identifiers";
import type { ChatMessage } from "@/lib/contracts/members";
import { Chat } from "./chat";

const ROOM = v.parse(RoomName, "TEST");
const SELF = 1 as Uid;
const RIYA = 2 as Uid;
/** The room on the server, and whether it can be reached. */
let room: ChatMessage[];
let isAway: boolean;

function open(uid = SELF): Chat {
  return new Chat(ROOM, {
    post: ({ clientId, text }) => {
      if (isAway) return new Promise(() => undefined);
      const known = room.find((message) => message.uid === uid && message.clientId === clientId);
      const message = known ?? { id: room.length + 1, uid, name: "ME", clientId, text, sentAt: Date.now() };
      if (!known) room.push(message);
      return Promise.resolve(message);
    },
    messagesBefore: () => Promise.resolve([]),
  });
}

const written = (id: number, uid = RIYA): ChatMessage => ({
  id,
  uid,
  name: "X",
  clientId: `x${id}`,
  text: "x",
  sentAt: 0,
});

function welcome(chat: Chat, uid = SELF): void {
  chat.take({
    type: "welcome",
    data: {
      self: { uid, kind: "join" },
      members: [],
      messages: [...room],
      resumed: false,
      room: { host: null, isLocked: false },
    },
  });
}

beforeEach(() => {
  sessionStorage.clear();
  room = [];
  isAway = false;
});
afterEach(() => sessionStorage.clear());

test("others' messages are unread until they are seen, one's own and those of before are not", () => {
  room = [written(1), written(2)];
  const chat = open();
  chat.beginAnew();
  welcome(chat);
  const unread = () => chat.store.getState().unread;
  expect(unread()).toBe(0);
  for (const message of [written(3), written(4, SELF), written(5)]) chat.take({ type: "message", data: message });
  expect(unread()).toBe(2);
  chat.setReading(true);
  expect(unread()).toBe(0);
  chat.take({ type: "message", data: written(6) });
  expect(unread()).toBe(0);
  chat.setReading(false);
  chat.take({ type: "message", data: written(7) });
  expect(unread()).toBe(1);
  // A reload knows what was read.
  room = [1, 2, 3, 5, 6, 7].map((id) => written(id));
  const reloaded = open();
  welcome(reloaded);
  expect(reloaded.store.getState().unread).toBe(1);
});

test("what was written while the server was away outlives a reload, and is sent once", async () => {
  isAway = true;
  const before = open();
  before.beginAnew();
  welcome(before);
  before.send("one");
  before.send("two");
  isAway = false;
  const after = open();
  expect(after.store.getState().pending).toHaveLength(2);
  welcome(after);
  await expect.poll(() => after.store.getState().pending).toEqual([]);
  expect(room.map(({ text }) => text)).toEqual(["one", "two"]);
});

test("what was sent under an earlier uid, its answer lost, is not sent again under the new one", async () => {
  isAway = true;
  const chat = open(RIYA);
  chat.beginAnew();
  welcome(chat, SELF);
  chat.send("hello");
  const [pending] = chat.store.getState().pending;
  room = [{ ...written(1, SELF), clientId: pending?.clientId ?? "", text: "hello" }];
  isAway = false;
  chat.pause();
  welcome(chat, RIYA);
  expect(chat.store.getState()).toMatchObject({ pending: [], ownUids: [SELF, RIYA], messages: [{ text: "hello" }] });
  await Promise.resolve();
  expect(room).toHaveLength(1);
});

test("a later visit in the same tab sends nothing of an earlier one by itself, and says so", async () => {
  isAway = true;
  const before = open();
  before.beginAnew();
  welcome(before);
  before.send("meant for others");
  isAway = false;
  const later = open();
  later.beginAnew();
  welcome(later);
  await Promise.resolve();
  expect(room).toEqual([]);
  expect(later.store.getState().pending).toMatchObject([
    { text: "meant for others", problem: "You had left before it was sent." },
  ]);
});
