import type {
  ConnectionDisconnectedReason,
  ConnectionState,
  IAgoraRTCRemoteUser,
  NetworkQuality,
  UID,
} from "agora-rtc-react";
import type { MediaKind } from "./peer-signal";

/** The SDK's reasons by name: agora-rtc-react declares the enum and does not export it. */
export type DisconnectedReason = `${ConnectionDisconnectedReason}`;

/** The events that the embedded client emits, with what their listeners are called with. */
export type ClientEvents = {
  "connection-state-change": [ConnectionState, ConnectionState, DisconnectedReason?];
  "user-joined": [IAgoraRTCRemoteUser];
  "user-left": [IAgoraRTCRemoteUser, "Quit" | "ServerTimeOut"];
  "user-published": [IAgoraRTCRemoteUser, MediaKind];
  "user-unpublished": [IAgoraRTCRemoteUser, MediaKind];
  "user-info-updated": [UID, `${"mute" | "unmute"}-${MediaKind}`];
  "media-reconnect-start": [UID];
  "media-reconnect-end": [UID];
  "network-quality": [NetworkQuality];
  "stream-fallback": [UID, "fallback" | "recover"];
  "volume-indicator": [{ uid: UID; level: number }[]];
  "token-privilege-will-expire": [];
  "token-privilege-did-expire": [];
};

export type ClientEmit = <Event extends keyof ClientEvents>(event: Event, ...args: ClientEvents[Event]) => void;
