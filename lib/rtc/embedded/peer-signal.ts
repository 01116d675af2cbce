import * as z from "zod/mini";
import { Ways } from "./routes";

export const MEDIA_KINDS = ["audio", "video"] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** `off`: not published. `muted`: published, and muted or disabled. */
export const SendState = z.enum(["off", "muted", "on"]);
export type SendState = z.infer<typeof SendState>;

const Grade = z.int().check(z.minimum(0), z.maximum(6));

/**
 * What its sender gives, what it would take of each kind, and by which ways. Said in full each time, so that the last word
 * is all there is to know.
 */
const TermsFields = {
  sends: z.object({ audio: SendState, video: SendState }),
  /** `lowVideo`: a small picture is enough, where the sender has one to give. */
  wants: z.object({ audio: z.boolean(), video: z.boolean(), lowVideo: z.optional(z.boolean()) }),
  ways: Ways,
  /** Whether the sender knows what the other gives; if not, it is to be said. */
  isHeard: z.boolean(),
  /** `NetworkQuality` of the SDK, between the sender and the relay: nobody else can see that. */
  quality: z.object({ uplink: Grade, downlink: Grade }),
};
export const Terms = z.object(TermsFields);
export type Terms = z.infer<typeof Terms>;

/** `RTCIceCandidateInit`; a `candidate` of `""` is the end of them. */
export const Candidate = z.object({
  candidate: z.string(),
  sdpMid: z.optional(z.nullable(z.string())),
  sdpMLineIndex: z.optional(z.nullable(z.int())),
  usernameFragment: z.optional(z.nullable(z.string())),
});
export type Candidate = z.infer<typeof Candidate>;

/** Which of the sender's connections speaks, and to which of the receiver's: `null` while it knows of none. */
const AddressFields = { connection: z.string().check(z.maxLength(64)), peer: z.nullable(z.string()) };

/** What is said of one direct connection. */
const LinkSignal = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("description"),
    ...AddressFields,
    description: z.object({ type: z.enum(["offer", "answer"]), sdp: z.string() }),
    ...TermsFields,
  }),
  z.object({ type: z.literal("candidates"), ...AddressFields, candidates: z.array(Candidate) }),
  /** Asks the other, whose part it is (see `Negotiation`), for an ICE restart. */
  z.object({ type: z.literal("restart"), ...AddressFields }),
]);
export type LinkSignal = z.infer<typeof LinkSignal>;

/** What one page's client says to another's. From anyone: parse it. */
export const PeerSignal = z.discriminatedUnion("type", [
  LinkSignal,
  z.object({ type: z.literal("terms"), ...TermsFields }),
  /** The client has left the call; its page may well join again. */
  z.object({ type: z.literal("bye") }),
]);
export type PeerSignal = z.infer<typeof PeerSignal>;
export type Description = Extract<PeerSignal, { type: "description" }>["description"];
