import type { IAgoraRTCClient, IAgoraRTCRemoteUser, UID } from "agora-rtc-react";
import type { Uid } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";
import { type CallStore, withMedia, withPlayer } from "./call-store";
import { listenToClient } from "./client-events";
import type { DrawnPictures } from "./drawn-pictures";
import { LinkWatch } from "./link-watch";
import { type MediaState, NO_MEDIA } from "./player";
import { watchSpeaking } from "./speaking";
import { Subscriptions } from "./subscriptions";

/** `exception` codes of the SDK: a picture comes in and cannot be shown, and can be again. */
const PICTURE_FAILED = 1005;
const PICTURE_RECOVERED = 3005;

/**
 * The one bridge from a client's events to the store, the same over both transports. Subscribes to the media of everyone
 * on the roster, and of the screens that they share, and to nobody else's: not to this person's own screen, either.
 *
 * @param pictures which pictures are on the screen: the others are not received
 * @returns the disposer
 */
export function bridgeClientToStore(client: IAgoraRTCClient, store: CallStore, pictures: DrawnPictures): () => void {
  const change = (uid: UID, media: Partial<MediaState>) => {
    store.setState((state) => withMedia(state, uid as Uid, media));
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

  const links = new LinkWatch(client, store, change);
  const isWanted = (uid: UID) => {
    const { players, screens } = store.getState();
    return uid in players || screens[uid as Uid]?.isLocal === false;
  };
  // Of two people each sees the other. Their picture is there a step sooner than if their tile asked for it.
  const isForeseen = () => !document.hidden && store.getState().order.length <= 2;
  const subscriptions = new Subscriptions({ client, pictures, isWanted, isForeseen, onChange: refresh });

  const refreshAll = () => {
    for (const user of client.remoteUsers) refresh(user);
    subscriptions.sync();
    links.refresh();
  };

  const onUser = (user: IAgoraRTCRemoteUser) => {
    refresh(user);
    subscriptions.sync();
    links.refresh();
  };

  const stopListening = listenToClient(client, {
    "user-joined": onUser,
    "user-published": (user, kind) => {
      onUser(user);
      if (kind !== "datachannel") subscriptions.notePublished(user.uid, kind);
    },
    "user-unpublished": onUser,
    "user-left": ({ uid }) => {
      links.forget(uid);
      change(uid, NO_MEDIA);
    },
    "user-info-updated": (uid) => {
      const user = client.remoteUsers.find((remote) => remote.uid === uid);
      if (user) onUser(user);
    },
    "media-reconnect-start": (uid) => links.noteReconnecting(uid, true),
    "media-reconnect-end": (uid) => links.noteReconnecting(uid, false),
    "network-quality": (quality) => links.noteOwnQuality(quality),
    "stream-fallback": (uid, fallback) => change(uid, { isSoundOnly: fallback === "fallback" }),
    exception: ({ code, msg, uid }) => {
      if (code === PICTURE_FAILED || code === PICTURE_RECOVERED) {
        change(uid, { isPictureBroken: code === PICTURE_FAILED });
      }
      logWarning(`The client reports ${msg} (${code}) of ${uid}.`);
    },
  });
  const stopWatchingRoster = store.subscribe((state, previous) => {
    if (state.order !== previous.order || state.screenOrder !== previous.screenOrder) refreshAll();
  });
  const stopWatchingSpeaking = watchSpeaking(client, (uid, { isSpeaking }) => {
    // A screen has a sound, and no voice. Whom nobody hears does not take the word from others, either.
    store.setState((state) =>
      withPlayer(state, uid as Uid, { isSpeaking: isSpeaking && !state.players[uid as Uid]?.isMutedByHost }),
    );
  });
  refreshAll();

  return () => {
    stopListening();
    stopWatchingRoster();
    stopWatchingSpeaking();
    subscriptions.dispose();
    links.dispose();
  };
}
