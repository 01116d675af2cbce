import * as v from "valibot";
import { Instance, Uid } from "./identifiers";
import { WholeNumber } from "./whole-number";

/**
 * Which way media goes without Agora. `direct`: from browser to browser. `relay`: through this server. `auto`: the client
 * chooses for each room.
 */
export const Topology = v.picklist(["auto", "direct", "relay"]);
export type Topology = v.InferOutput<typeof Topology>;

/** More than any page draws, with sound: a person takes two. */
const MAX_SLOTS = 256;
/** A section of an offer takes some 5 KB in Chromium. */
const MAX_SDP_LENGTH = 1024 * 1024;

/** A page's name for one of its connections: it may make a new one while the old one still carries. */
const ConnectionId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** What a receiving section of the page's description is to carry: the sound or picture, after its kind, of `uid`. */
const RelaySlot = v.object({
  mid: v.pipe(v.string(), v.maxLength(16)),
  uid: Uid,
  /** How tall the picture is drawn, in pixels of the screen; left out: as large as there is. */
  height: v.optional(v.pipe(WholeNumber, v.minValue(0), v.maxValue(10_000))),
});
export type RelaySlot = v.InferOutput<typeof RelaySlot>;

/** `uid`: the caller's screen, which sends by a connection of its own; left out, the caller. */
const Address = { uid: v.optional(Uid), instance: Instance, connection: ConnectionId };
/** In full each time: a slot that is not named carries nothing. */
const Slots = v.pipe(v.array(RelaySlot), v.maxLength(MAX_SLOTS));

/** `POST /api/rooms/ROOM/relay`: a connection to the relay. Made once, never negotiated again: replaced by a new one. */
export const RelayOffer = v.object({
  ...Address,
  description: v.object({ type: v.literal("offer"), sdp: v.pipe(v.string(), v.maxLength(MAX_SDP_LENGTH)) }),
  receives: Slots,
});
export type RelayOffer = v.InferOutput<typeof RelayOffer>;

export const RelayAnswer = v.object({
  description: v.object({ type: v.literal("answer"), sdp: v.string() }),
});
export type RelayAnswer = v.InferOutput<typeof RelayAnswer>;

/** `POST /api/rooms/ROOM/relay/slots`. One in flight a page; `seq` counts up, and an older one changes nothing. */
export const RelaySlots = v.object({
  ...Address,
  seq: v.pipe(WholeNumber, v.minValue(0)),
  receives: Slots,
});
export type RelaySlots = v.InferOutput<typeof RelaySlots>;

/** What the relay tells a page of its connection: the data of the event `relay`. */
export const RelayNotice = v.variant("type", [
  /** It is over, the relay's process having ended: make another. */
  v.object({ type: v.literal("lost"), connection: ConnectionId }),
  /** What flows, in full each time that any of it changes. */
  v.object({
    type: v.literal("flow"),
    connection: ConnectionId,
    /** The encodings of the page's picture that someone is to be given; the others need not be made. */
    wantedRids: v.array(v.string()),
    /** Of each slot with a picture, which encoding is given; `null`: none, the page's downlink having no room for it. */
    receives: v.array(v.object({ mid: v.string(), rid: v.nullable(v.string()) })),
    /** Of whom nothing comes to the relay, though they are connected with it. */
    silent: v.array(Uid),
  }),
]);
export type RelayNotice = v.InferOutput<typeof RelayNotice>;
