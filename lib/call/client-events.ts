import type { IAgoraRTCClient, IAgoraRTCRemoteUser, NetworkQuality, UID } from "agora-rtc-react";

/** The client's events that the call's state depends on, with their listeners. */
interface ClientListeners {
  "user-joined": (user: IAgoraRTCRemoteUser) => void;
  "user-left": (user: IAgoraRTCRemoteUser) => void;
  "user-published": (user: IAgoraRTCRemoteUser, mediaType: "audio" | "video" | "datachannel") => void;
  "user-unpublished": (user: IAgoraRTCRemoteUser) => void;
  "user-info-updated": (uid: UID) => void;
  "media-reconnect-start": (uid: UID) => void;
  "media-reconnect-end": (uid: UID) => void;
  "network-quality": (quality: NetworkQuality) => void;
  "stream-fallback": (uid: UID, change: "fallback" | "recover") => void;
  exception: (event: { code: number; msg: string; uid: UID }) => void;
}

/**
 * Adds listeners to a client.
 *
 * @returns the disposer of all
 */
export function listenToClient(client: IAgoraRTCClient, listeners: ClientListeners): () => void {
  const entries = Object.entries(listeners);
  for (const [event, listener] of entries) client.on(event, listener);
  return () => {
    for (const [event, listener] of entries) client.off(event, listener);
  };
}
