import * as v from "valibot";
import { applyWishes, asLayer } from "./dual-stream";
import type { EdgeContext } from "./edge";
import type { Stream } from "./forwarding";
import {
  type Answer,
  Control,
  DataStream,
  DefaultVideoStream,
  done,
  failed,
  Publish,
  RenewToken,
  SetFallbackOption,
  StreamUsers,
  Subscribe,
  SwitchVideoStream,
  Unpublish,
  Unsubscribe,
} from "./messages";
import { checkToken } from "./tokens";
import type { MediaKind, User } from "./user";

const NOT_AUTHORISED = 110;
const EXPIRED = 118;
const NO_SUCH_STREAM = 2021;

/** Answers what someone who is in a channel says. */
export function answerFor(user: User, type: string, message: unknown, context: EdgeContext): Answer {
  switch (type) {
    case "publish":
      return publish(user, v.parse(Publish, message), context);
    case "unpublish":
      return unpublish(user, v.parse(Unpublish, message).ortc, context);
    case "subscribe":
      return subscribe(user, [v.parse(Subscribe, message).ssrcId], context);
    case "subscribe_streams":
      return subscribe(user, ssrcsOf(v.parse(StreamUsers, message)), context);
    case "unsubscribe": {
      const { stream_id, ortc } = v.parse(Unsubscribe, message);
      const all = context.channels.find(user.channel, stream_id)?.ssrcs.values() ?? [];
      return unsubscribe(user, ortc?.length ? ortc.map(({ ssrcId }) => ssrcId) : [...all], context);
    }
    case "unsubscribe_streams":
      return unsubscribe(user, ssrcsOf(v.parse(StreamUsers, message)), context);
    case "switch_video_stream": {
      const { stream_id, stream_type } = v.parse(SwitchVideoStream, message);
      user.layers.set(stream_id, asLayer(stream_type));
      applyWishes(user, context);
      return done();
    }
    case "default_video_stream":
      user.defaultLayer = asLayer(v.parse(DefaultVideoStream, message).stream_type);
      applyWishes(user, context);
      return done();
    case "set_fallback_option": {
      const { stream_id, fallback_type } = v.parse(SetFallbackOption, message);
      user.fallbacks.set(stream_id, fallback_type);
      applyWishes(user, context);
      return done();
    }
    case "control":
      return control(user, v.parse(Control, message).action, context);
    case "renew_token":
      return renew(user, v.parse(RenewToken, message).token, context);
    case "restart_ice":
      context.media.restartIce(user.media);
      return done({ iceParameters: { ...user.media.ice, candidates: [] } });
    case "traffic_stats":
      return done(trafficStats(user, context));
    case "data_stream": {
      const { payload } = v.parse(DataStream, message);
      context.channels.tellOthers(user, "on_data_stream", { uid: user.uid, payload });
      return done();
    }
    case "leave":
      context.end(user, "Quit");
      return done();
    default:
      return done();
  }
}

/** The network is always excellent (1), everyone's own and, as seen from here, that of all who publish. */
function trafficStats(user: User, { channels, media }: EdgeContext): object {
  const others = channels.users(user.channel).filter((other) => other !== user);
  const peers = others.map(({ uid, ssrcs }) => ({
    peer_uid: uid,
    B_punq: 1,
    B_pdnq: 1,
    // Which layer flows: it is by this that the SDK knows when to say "stream-type-changed".
    B_st: media.forwarding.layerFor(user.media, ssrcs.get("video")) === "low" ? 1 : 0,
    // How long it took from publishing to here; without one of them the SDK takes no notice of the rest.
    ...(ssrcs.has("audio") ? { B_ppad: 1, B_ad: 0, B_ed: 0, B_ealr4: 0 } : {}),
    ...(ssrcs.has("video") ? { B_ppvd: 1, B_vd: 0, B_ed: 0, B_evlr4: 0 } : {}),
  }));
  return { B_unq: 1, B_dnq: 1, B_acd: 0, ntp_offset: 0, peer_delay: peers };
}

function publish(user: User, { ortc }: Publish, { channels, media }: EdgeContext): Answer {
  for (const { stream_type, ssrcs } of ortc) {
    const [first] = ssrcs;
    if (!first || stream_type === "low") continue;
    const kind = kindOf(stream_type);
    drop(user, kind, { channels, media });
    user.ssrcs.set(kind, first.ssrcId);
    user.muted.delete(kind);
    media.forwarding.publish(user.media, streamOf(first), { isVideo: kind === "video" });
    channels.tellOthers(user, ...user.announcement(kind));
  }
  // Of the small copy nobody is told: it may come with the high one, or later.
  const low = ortc.find(({ stream_type }) => stream_type === "low")?.ssrcs[0];
  const high = user.ssrcs.get("video");
  if (low && high === undefined) return failed(NO_SUCH_STREAM, "a low stream of nothing");
  if (low && high !== undefined) media.forwarding.publishLow(high, streamOf(low));
  return done();
}

function unpublish(
  user: User,
  streams: ReadonlyArray<{ stream_type: Publish["ortc"][number]["stream_type"] }>,
  context: EdgeContext,
): Answer {
  for (const { stream_type } of streams) {
    const high = user.ssrcs.get("video");
    if (stream_type !== "low") drop(user, kindOf(stream_type), context);
    else if (high !== undefined) context.media.forwarding.unpublishLow(high);
  }
  return done();
}

/** `on_remove_stream` takes both kinds at once: what is left is announced again. */
function drop(user: User, kind: MediaKind, { channels, media }: Pick<EdgeContext, "channels" | "media">): void {
  const ssrc = user.ssrcs.get(kind);
  if (ssrc === undefined) return;
  user.ssrcs.delete(kind);
  media.forwarding.unpublish(ssrc);
  channels.tellOthers(user, "on_remove_stream", { uid: user.uid, uint_id: user.uid });
  for (const left of user.ssrcs.keys()) {
    channels.tellOthers(user, ...user.announcement(left));
    if (user.muted.has(left)) channels.tellOthers(user, `mute_${left}`, { uid: user.uid });
  }
}

function subscribe(user: User, ssrcs: readonly number[], context: EdgeContext): Answer {
  const isThere = ssrcs.map((ssrc) => context.media.forwarding.subscribe(user.media, ssrc));
  applyWishes(user, context);
  return isThere.every(Boolean) ? done() : failed(NO_SUCH_STREAM, "no such stream");
}

function unsubscribe(user: User, ssrcs: readonly number[], { media }: EdgeContext): Answer {
  for (const ssrc of ssrcs) media.forwarding.unsubscribe(user.media, ssrc);
  return done();
}

function control(user: User, action: string, { channels }: EdgeContext): Answer {
  const [, verb, kind] = /^(mute|unmute)_local_(audio|video)$/.exec(action) ?? [];
  if (kind !== "audio" && kind !== "video") return done();
  if (verb === "mute") user.muted.add(kind);
  else user.muted.delete(kind);
  channels.tellOthers(user, `${verb}_${kind}`, { uid: user.uid });
  return done();
}

function renew(user: User, token: string, { keys }: EdgeContext): Answer {
  const check = checkToken(token, { appId: keys.appId, channel: user.channel, uid: user.uid }, keys);
  if (!check.isValid) return failed(check.problem === "expired" ? EXPIRED : NOT_AUTHORISED, check.problem);
  user.renew(check.expiresAtSeconds);
  return done();
}

function streamOf({ ssrcId, rtx }: Publish["ortc"][number]["ssrcs"][number]): Stream {
  return { ssrc: ssrcId, rtx };
}

function kindOf(streamType: Publish["ortc"][number]["stream_type"]): MediaKind {
  return streamType === "audio" ? "audio" : "video";
}

function ssrcsOf({
  users,
}: {
  users: ReadonlyArray<{ audio_ssrc?: number | undefined; video_ssrc?: number | undefined }>;
}) {
  return users.flatMap(({ audio_ssrc, video_ssrc }) => [audio_ssrc, video_ssrc]).filter((ssrc) => ssrc !== undefined);
}
