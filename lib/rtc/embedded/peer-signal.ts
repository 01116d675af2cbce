import * as z from "zod/mini";

export const MEDIA_KINDS = ["audio", "video"] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** `off`: not published. `muted`: published, and muted or disabled. */
export const SendState = z.enum(["off", "muted", "on"]);
export type SendState = z.infer<typeof SendState>;

/** What its sender gives, and what it would take, of each kind. Said in full each time, so that none can be missed. */
const MediaFields = {
  sends: z.object({ audio: SendState, video: SendState }),
  /** `lowVideo`: a small picture is enough, where the sender has one to give. */
  wants: z.object({ audio: z.boolean(), video: z.boolean(), lowVideo: z.optional(z.boolean()) }),
};
export const MediaTerms = z.object(MediaFields);
export type MediaTerms = z.infer<typeof MediaTerms>;

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

/** What one page's client says to another's. From anyone: parse it. */
export const PeerSignal = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("description"),
    ...AddressFields,
    description: z.object({ type: z.enum(["offer", "answer"]), sdp: z.string() }),
    ...MediaFields,
  }),
  z.object({ type: z.literal("candidates"), ...AddressFields, candidates: z.array(Candidate) }),
  z.object({ type: z.literal("media"), ...AddressFields, ...MediaFields }),
  /** Asks the other, whose part it is (see `Negotiation`), for an ICE restart. */
  z.object({ type: z.literal("restart"), ...AddressFields }),
  /** The client has left the call; its page may well join again. */
  z.object({ type: z.literal("bye"), ...AddressFields }),
]);
export type PeerSignal = z.infer<typeof PeerSignal>;
export type Description = Extract<PeerSignal, { type: "description" }>["description"];
