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
    /** When the hand was raised, which is its place among the hands; null while it is down. */
    handRaisedAtMs: integer("hand_raised_at_ms"),
    /** A host muted this person, who has not unmuted since. */
    isMutedByHost: integer("is_muted_by_host", { mode: "boolean" }).notNull().default(false),
    /** The uid that publishes this person's screen; null while they share none. */
    screenUid: integer("screen_uid"),
  },
  (table) => [uniqueIndex("members_room_uid").on(table.room, table.uid)],
);

/** What a room's session has decided, from its first member until some minutes after its last. */
export const sessions = sqliteTable("sessions", {
  room: text("room").primaryKey(),
  /** Null while nobody is in. */
  hostUid: integer("host_uid"),
  isLocked: integer("is_locked", { mode: "boolean" }).notNull(),
});

/** Uids whose tokens are worth nothing any more: of people who were removed, and of screens that are no longer shared. */
export const revocations = sqliteTable(
  "revocations",
  {
    room: text("room").notNull(),
    uid: integer("uid").notNull(),
    /** When the last token that was made for it ends. */
    untilMs: integer("until_ms").notNull(),
  },
  (table) => [
    uniqueIndex("revocations_room_uid").on(table.room, table.uid),
    index("revocations_until").on(table.untilMs),
  ],
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
