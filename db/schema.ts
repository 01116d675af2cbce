import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** People in rooms: a row is a seat, kept through reloads and lost networks, deleted when the person is gone. */
export const members = sqliteTable(
  "members",
  {
    room: text("room").notNull(),
    uid: integer("uid").notNull(),
    name: text("name").notNull(),
    /** The page that holds the seat now: a UUID made at each page load. */
    instance: text("instance").notNull(),
    joinedAtMs: integer("joined_at_ms").notNull(),
    /** 1 in the row that was just made: how one statement tells "created" from "already there". */
    revision: integer("revision").notNull(),
  },
  (table) => [uniqueIndex("members_room_uid").on(table.room, table.uid)],
);

/** When a member's seat ended: its token may be renewed, and its room's messages stay, for some minutes after. */
export const departures = sqliteTable(
  "departures",
  {
    room: text("room").notNull(),
    uid: integer("uid").notNull(),
    leftAtMs: integer("left_at_ms").notNull(),
  },
  (table) => [
    uniqueIndex("departures_room_uid").on(table.room, table.uid),
    index("departures_left_at").on(table.leftAtMs),
  ],
);

/** Chat messages of a room's session. */
export const messages = sqliteTable(
  "messages",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    room: text("room").notNull(),
    uid: integer("uid").notNull(),
    /** Made by the sender, so that one sent twice is stored once. */
    clientId: text("client_id").notNull(),
    /** The sender's name when it was sent. */
    name: text("name").notNull(),
    text: text("text").notNull(),
    sentAtMs: integer("sent_at_ms").notNull(),
  },
  (table) => [uniqueIndex("messages_room_uid_client").on(table.room, table.uid, table.clientId)],
);

/** One row: the app id and certificate that this installation made for itself, for tokens of the `embedded` transport. */
export const installation = sqliteTable("installation", {
  id: integer("id").primaryKey(),
  appId: text("app_id").notNull(),
  certificate: text("certificate").notNull(),
});
