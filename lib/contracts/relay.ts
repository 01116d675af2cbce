import * as z from "zod/mini";
import { Instance, Uid } from "./identifiers";

/**
 * Which way media goes without Agora. `direct`: from browser to browser. `relay`: through this server. `auto`: the client
 * chooses for each room.
 */
export const Topology = z.enum(["auto", "direct", "relay"]);
export type Topology = z.infer<typeof Topology>;

/** More than any page draws, with sound: a person takes two. */
const MAX_SLOTS = 256;
/** A section of an offer takes some 5 KB in Chromium. */
const MAX_SDP_LENGTH = 1024 * 1024;

/** A page's name for one of its connections: it may make a new one while the old one still carries. */
const ConnectionId = z.string().check(z.minLength(1), z.maxLength(64));

/** What a receiving section of the page's description is to carry: the sound or picture, after its kind, of `uid`. */
const RelaySlot = z.object({
  mid: z.string().check(z.maxLength(16)),
  uid: Uid,
  /** How tall the picture is drawn, in pixels of the screen; left out: as large as there is. */
  height: z.optional(z.int().check(z.minimum(0), z.maximum(10_000))),
});
export type RelaySlot = z.infer<typeof RelaySlot>;

/** `uid`: the caller's screen, which sends by a connection of its own; left out, the caller. */
const Address = { uid: z.optional(Uid), instance: Instance, connection: ConnectionId };
/** In full each time: a slot that is not named carries nothing. */
const Slots = z.array(RelaySlot).check(z.maxLength(MAX_SLOTS));

/** `POST /api/rooms/ROOM/relay`: a connection to the relay. Made once, never negotiated again: replaced by a new one. */
export const RelayOffer = z.object({
  ...Address,
  description: z.object({ type: z.literal("offer"), sdp: z.string().check(z.maxLength(MAX_SDP_LENGTH)) }),
  receives: Slots,
});
export type RelayOffer = z.infer<typeof RelayOffer>;

export const RelayAnswer = z.object({
  description: z.object({ type: z.literal("answer"), sdp: z.string() }),
});
export type RelayAnswer = z.infer<typeof RelayAnswer>;

/** `POST /api/rooms/ROOM/relay/slots`. One in flight a page; `seq` counts up, and an older one changes nothing. */
export const RelaySlots = z.object({ ...Address, seq: z.int().check(z.minimum(0)), receives: Slots });
export type RelaySlots = z.infer<typeof RelaySlots>;

/** What the relay tells a page of its connection: the data of the event `relay`. */
export const RelayNotice = z.discriminatedUnion("type", [
  /** It is over, the relay's process having ended: make another. */
  z.object({ type: z.literal("lost"), connection: ConnectionId }),
  /** What flows, in full each time that any of it changes. */
  z.object({
    type: z.literal("flow"),
    connection: ConnectionId,
    /** The encodings of the page's picture that someone is to be given; the others need not be made. */
    wantedRids: z.array(z.string()),
    /** Of each slot with a picture, which encoding is given; `null`: none, the page's downlink having no room for it. */
    receives: z.array(z.object({ mid: z.string(), rid: z.nullable(z.string()) })),
    /** Of whom nothing comes to the relay, though they are connected with it. */
    silent: z.array(Uid),
  }),
]);
export type RelayNotice = z.infer<typeof RelayNotice>;
