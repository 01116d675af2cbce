import type { IAgoraRTCClient, IAgoraRTCRemoteUser, UID } from "agora-rtc-react";
import type { Uid } from "@/lib/contracts/identifiers";
import { type CallStore, withPlayer } from "./call-store";
import type { LinkState, Player } from "./player";
import { watchSpeaking } from "./speaking";
import { Subscriptions } from "./subscriptions";

/** `NetworkQuality` of the SDK: 0 not known yet, 1 excellent to 5 very bad, 6 no connection at all. */
const QUALITY_DOWN = 6;

/**
 * The one bridge from a client's events to the store, the same over both transports. Subscribes to the media of everyone
 * on the roster and to nobody else's.
 *
 * @returns the disposer
 */
export function bridgeClientToStore(client: IAgoraRTCClient, store: CallStore): () => void {
  const change = (uid: UID, player: Partial<Player>) => {
    store.setState((state) => withPlayer(state, uid as Uid, player));
  };

  /** Copies what a remote user is now: the SDK mutates its users in place, so they are never kept. */
  const refresh = (user: IAgoraRTCRemoteUser) => {
    change(user.uid, {
      isInCall: true,
      hasAudio: user.hasAudio,
      hasVideo: user.hasVideo,
      audioTrackId: user.audioTrack?.getTrackId() ?? null,
      videoTrackId: user.videoTrack?.getTrackId() ?? null,
    });
  };

  const subscriptions = new Subscriptions(client, (uid) => uid in store.getState().players, refresh);

  const refreshAll = () => {
    for (const user of client.remoteUsers) refresh(user);
    subscriptions.sync();
    refreshLinks();
  };

  const reconnecting = new Set<UID>();
  const refreshLinks = () => {
    const qualities = client.getRemoteNetworkQuality();
    const [audioStats, videoStats] = [client.getRemoteAudioStats(), client.getRemoteVideoStats()];
    const inCall = new Set<UID>(client.remoteUsers.map((user) => user.uid));
    for (const player of Object.values(store.getState().players)) {
      if (player.isLocal) continue;
      const { uid } = player;
      const quality = qualities[uid];
      const link = linkOf({
        quality: quality && Math.max(quality.uplinkNetworkQuality, quality.downlinkNetworkQuality),
        isReconnecting: reconnecting.has(uid),
        isInCall: inCall.has(uid),
        isReceived: Boolean(audioStats[uid]?.receiveBytes || videoStats[uid]?.receiveBytes),
        wasUp: player.link === "up",
      });
      change(uid, { link });
    }
  };

  const onUser = (user: IAgoraRTCRemoteUser) => {
    refresh(user);
    subscriptions.sync();
    refreshLinks();
  };
  const onUserLeft = (user: IAgoraRTCRemoteUser) => {
    reconnecting.delete(user.uid);
    change(user.uid, {
      isInCall: false,
      hasAudio: false,
      hasVideo: false,
      audioTrackId: null,
      videoTrackId: null,
      link: "unknown",
      isSpeaking: false,
    });
  };
  const onReconnectStart = (uid: UID) => {
    reconnecting.add(uid);
    refreshLinks();
  };
  const onReconnectEnd = (uid: UID) => {
    reconnecting.delete(uid);
    refreshLinks();
  };

  client.on("user-joined", onUser);
  client.on("user-published", onUser);
  client.on("user-unpublished", onUser);
  client.on("user-left", onUserLeft);
  client.on("media-reconnect-start", onReconnectStart);
  client.on("media-reconnect-end", onReconnectEnd);
  client.on("network-quality", refreshLinks);
  const stopWatchingRoster = store.subscribe((state, previous) => {
    if (state.order !== previous.order) refreshAll();
  });
  const stopWatchingSpeaking = watchSpeaking(client, change);
  refreshAll();

  return () => {
    client.off("user-joined", onUser);
    client.off("user-published", onUser);
    client.off("user-unpublished", onUser);
    client.off("user-left", onUserLeft);
    client.off("media-reconnect-start", onReconnectStart);
    client.off("media-reconnect-end", onReconnectEnd);
    client.off("network-quality", refreshLinks);
    stopWatchingRoster();
    stopWatchingSpeaking();
    subscriptions.dispose();
  };
}

interface LinkFigures {
  /**
   * `undefined` where the client has no figures of them: Agora's has none of those from whom nothing is received, and
   * reaches everyone who is in the call.
   */
  quality: number | undefined;
  isReconnecting: boolean;
  isInCall: boolean;
  isReceived: boolean;
  wasUp: boolean;
}

/** A quality that is not known yet, as it may be for seconds on Agora, takes nothing back, and sound or picture is proof. */
function linkOf({ quality, isReconnecting, isInCall, isReceived, wasUp }: LinkFigures): LinkState {
  if (quality === QUALITY_DOWN) return "down";
  if (isReconnecting) return "reconnecting";
  if (!isInCall) return "unknown";
  return quality !== 0 || isReceived || wasUp ? "up" : "unknown";
}
