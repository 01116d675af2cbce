import * as z from "zod";

/** What the client says on the edge. What matters to nobody here is left out, and passes. */

const Uid = z.union([z.number(), z.string()]).transform(Number);

const Codec = z.looseObject({ rtcpFeedbacks: z.optional(z.array(z.looseObject({ type: z.string() }))) });

const Capabilities = z.looseObject({ audioCodecs: z.array(Codec), videoCodecs: z.array(Codec) });
export type Capabilities = z.infer<typeof Capabilities>;

export const Join = z.object({
  app_id: z.string(),
  channel_key: z.string(),
  channel_name: z.string(),
  ap_response: z.object({ uid: z.number() }),
  ortc: z.object({
    dtlsParameters: z.object({
      fingerprints: z.array(z.object({ hashFunction: z.string(), fingerprint: z.string() })),
    }),
    rtpCapabilities: z.object({ send: Capabilities, recv: Capabilities, sendrecv: Capabilities }),
  }),
});
export type Join = z.infer<typeof Join>;

export const Rejoin = z.object({ token: z.string() });

const StreamType = z.enum(["high", "low", "audio", "screen"]);

export const Publish = z.object({
  ortc: z.array(
    z.object({
      stream_type: StreamType,
      ssrcs: z.array(z.object({ ssrcId: z.number(), rtx: z.optional(z.number()) })),
    }),
  ),
});
export type Publish = z.infer<typeof Publish>;

export const Unpublish = z.object({ ortc: z.array(z.object({ stream_type: StreamType })) });

export const Subscribe = z.object({ ssrcId: z.number() });

export const Unsubscribe = z.object({ stream_id: Uid, ortc: z.optional(z.array(z.object({ ssrcId: z.number() }))) });

/** `stream_type` counts 1 for audio, 2 for the low video and 4 for the high one. */
export const StreamUsers = z.object({
  users: z.array(z.object({ stream_id: Uid, audio_ssrc: z.optional(z.number()), video_ssrc: z.optional(z.number()) })),
});

export const Control = z.object({ action: z.string() });

export const SwitchVideoStream = z.object({ stream_id: Uid, stream_type: z.number() });

export const DefaultVideoStream = z.object({ stream_type: z.number() });

export const SetFallbackOption = z.object({ stream_id: Uid, fallback_type: z.number() });

export const RenewToken = z.object({ token: z.string() });

export const DataStream = z.object({ payload: z.string() });

export const Request = z.object({ _id: z.optional(z.string()), _type: z.string(), _message: z.optional(z.unknown()) });

/** Every answer is one of these two. */
export type Answer = { result: "success"; message: object } | { result: "failed"; code: number; words: string };

export const done = (message: object = {}): Answer => ({ result: "success", message });

export const failed = (code: number, words: string): Answer => ({ result: "failed", code, words });
