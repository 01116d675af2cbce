import * as v from "valibot";
import { WholeNumber } from "@/lib/contracts/whole-number";
import { Ways } from "./routes";

export const MEDIA_KINDS = ["audio", "video"] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** `off`: not published. `muted`: published, and muted or disabled. */
export const SendState = v.picklist(["off", "muted", "on"]);
export type SendState = v.InferOutput<typeof SendState>;

const Grade = v.pipe(WholeNumber, v.minValue(0), v.maxValue(6));

/**
 * What its sender gives, what it would take of each kind, and by which ways. Said in full each time, so that the last word
 * is all there is to know.
 */
const TermsFields = {
  sends: v.object({ audio: SendState, video: SendState }),
  /** `lowVideo`: a small picture is enough, where the sender has one to give. */
  wants: v.object({ audio: v.boolean(), video: v.boolean(), lowVideo: v.optional(v.boolean()) }),
  ways: Ways,
  /** Whether the sender knows what the other gives; if not, it is to be said. */
  isHeard: v.boolean(),
  /** `NetworkQuality` of the SDK, between the sender and the relay: nobody else can see that. */
  quality: v.object({ uplink: Grade, downlink: Grade }),
};
export const Terms = v.object(TermsFields);
export type Terms = v.InferOutput<typeof Terms>;

/** `RTCIceCandidateInit`; a `candidate` of `""` is the end of them. */
export const Candidate = v.object({
  candidate: v.string(),
  sdpMid: v.optional(v.nullable(v.string())),
  sdpMLineIndex: v.optional(v.nullable(WholeNumber)),
  usernameFragment: v.optional(v.nullable(v.string())),
});
export type Candidate = v.InferOutput<typeof Candidate>;

/** Which of the sender's connections speaks, and to which of the receiver's: `null` while it knows of none. */
const AddressFields = { connection: v.pipe(v.string(), v.maxLength(64)), peer: v.nullable(v.string()) };

/** What is said of one direct connection. */
const LinkSignal = v.variant("type", [
  v.object({
    type: v.literal("description"),
    ...AddressFields,
    description: v.object({ type: v.picklist(["offer", "answer"]), sdp: v.string() }),
    ...TermsFields,
  }),
  v.object({ type: v.literal("candidates"), ...AddressFields, candidates: v.array(Candidate) }),
  /** Asks the other, whose part it is (see `Negotiation`), for an ICE restart. */
  v.object({ type: v.literal("restart"), ...AddressFields }),
]);
export type LinkSignal = v.InferOutput<typeof LinkSignal>;

/**
 * What a page that is alone in the room offers to whoever comes first. There is no address in it: the server gives those to who has
 * come, as a signal.
 */
export const StandingOfferSignal = v.object({
  connection: AddressFields.connection,
  description: v.object({ type: v.literal("offer"), sdp: v.string() }),
  ...TermsFields,
});
export type StandingOfferSignal = v.InferOutput<typeof StandingOfferSignal>;

/** What one page's client says to another's. From anyone: parse it. */
export const PeerSignal = v.variant("type", [
  LinkSignal,
  v.object({ type: v.literal("terms"), ...TermsFields }),
  /** The client has left the call; its page may well join again. */
  v.object({ type: v.literal("bye") }),
]);
export type PeerSignal = v.InferOutput<typeof PeerSignal>;
export type Description = Extract<PeerSignal, { type: "description" }>["description"];
