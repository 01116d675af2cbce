import * as v from "valibot";

/** What the client says on the edge. What matters to nobody here is left out, and passes. */

const Uid = v.pipe(v.union([v.number(), v.string()]), v.transform(Number));

const Codec = v.looseObject({ rtcpFeedbacks: v.optional(v.array(v.looseObject({ type: v.string() }))) });

const Capabilities = v.looseObject({ audioCodecs: v.array(Codec), videoCodecs: v.array(Codec) });
export type Capabilities = v.InferOutput<typeof Capabilities>;

export const Join = v.object({
  app_id: v.string(),
  channel_key: v.string(),
  channel_name: v.string(),
  ap_response: v.object({ uid: v.number() }),
  ortc: v.object({
    dtlsParameters: v.object({
      fingerprints: v.array(v.object({ hashFunction: v.string(), fingerprint: v.string() })),
    }),
    rtpCapabilities: v.object({ send: Capabilities, recv: Capabilities, sendrecv: Capabilities }),
  }),
});
export type Join = v.InferOutput<typeof Join>;

export const Rejoin = v.object({ token: v.string() });

const StreamType = v.picklist(["high", "low", "audio", "screen"]);

export const Publish = v.object({
  ortc: v.array(
    v.object({
      stream_type: StreamType,
      ssrcs: v.array(v.object({ ssrcId: v.number(), rtx: v.optional(v.number()) })),
    }),
  ),
});
export type Publish = v.InferOutput<typeof Publish>;

export const Unpublish = v.object({ ortc: v.array(v.object({ stream_type: StreamType })) });

export const Subscribe = v.object({ ssrcId: v.number() });

export const Unsubscribe = v.object({ stream_id: Uid, ortc: v.optional(v.array(v.object({ ssrcId: v.number() }))) });

/** `stream_type` counts 1 for audio, 2 for the low video and 4 for the high one. */
export const StreamUsers = v.object({
  users: v.array(v.object({ stream_id: Uid, audio_ssrc: v.optional(v.number()), video_ssrc: v.optional(v.number()) })),
});

export const Control = v.object({ action: v.string() });

export const SwitchVideoStream = v.object({ stream_id: Uid, stream_type: v.number() });

export const DefaultVideoStream = v.object({ stream_type: v.number() });

export const SetFallbackOption = v.object({ stream_id: Uid, fallback_type: v.number() });

export const RenewToken = v.object({ token: v.string() });

export const DataStream = v.object({ payload: v.string() });

export const Request = v.object({ _id: v.optional(v.string()), _type: v.string(), _message: v.optional(v.unknown()) });

/** Every answer is one of these two. */
export type Answer = { result: "success"; message: object } | { result: "failed"; code: number; words: string };

export const done = (message: object = {}): Answer => ({ result: "success", message });

export const failed = (code: number, words: string): Answer => ({ result: "failed", code, words });
