import type { Channels } from "./channels";
import type { Layer } from "./downlink";
import type { MediaPort } from "./media-port";
import type { User } from "./user";

/** `setStreamFallbackOption`'s: what someone takes of another when their downlink is weak. */
const FALLBACK_TO_LOW = 1;
const FALLBACK_TO_SOUND = 2;

/** `setRemoteVideoStreamType`'s; the others are layers that nobody here publishes. */
export const asLayer = (streamType: number): Layer => (streamType === 1 ? "low" : "high");

interface Context {
  channels: Channels;
  media: MediaPort;
}

/** Gives someone of each other's picture the layer that they asked for, or that their downlink bears. */
export function applyWishes(user: User, { channels, media }: Context): void {
  for (const other of channels.users(user.channel)) {
    const ssrc = other.ssrcs.get("video");
    if (ssrc !== undefined) media.forwarding.choose(user.media, ssrc, layerFor(user, other.uid));
  }
}

/**
 * Agora finds out by itself; here a test says it. It is never gradual: who takes the sound alone gets that at once, with
 * no low picture before.
 */
export function weakenDownlink(user: User, isWeak: boolean, context: Context): void {
  user.isDownlinkWeak = isWeak;
  applyWishes(user, context);
  for (const other of context.channels.users(user.channel)) {
    if (!other.ssrcs.has("video") || user.fallbacks.get(other.uid) !== FALLBACK_TO_SOUND) continue;
    user.say("on_stream_fallback_update", { stream_id: other.uid, stream_type: isWeak ? 1 : 0 });
  }
}

function layerFor(user: User, uid: number): Layer | null {
  const fallback = user.isDownlinkWeak ? user.fallbacks.get(uid) : undefined;
  if (fallback === FALLBACK_TO_SOUND) return null;
  return fallback === FALLBACK_TO_LOW ? "low" : (user.layers.get(uid) ?? user.defaultLayer);
}
