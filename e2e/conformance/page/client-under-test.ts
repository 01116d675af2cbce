import type { IAgoraRTC, IAgoraRTCClient } from "agora-rtc-react";

export const CLIENT_NAMES = ["embedded", "bundled", "newer"] as const;
export type ClientName = (typeof CLIENT_NAMES)[number];

/** What a client's own copy of the SDK makes tracks with: a track of one copy is none to another. */
export type Sdk = Pick<
  IAgoraRTC,
  | "VERSION"
  | "createClient"
  | "setLogLevel"
  | "createCustomAudioTrack"
  | "createCustomVideoTrack"
  | "createCameraVideoTrack"
>;

export interface SeatOptions {
  /** From the joining on. Default: as long as no test lasts. */
  expiresInSeconds?: number;
}

/** All that one person needs to join a room, and the client to do it with. */
export interface Seat {
  client: IAgoraRTCClient;
  appId: string;
  room: string;
  token: string;
  uid: number;
  /** Another token that is good for this seat. */
  renewedToken(): Promise<string>;
  /** The same uid joins the same room elsewhere. */
  joinElsewhere(): Promise<void>;
  /** The client's way to its server is cut, until it is mended; media has its own way. */
  cutSignalling(): Promise<void>;
  mendSignalling(): Promise<void>;
  release(): Promise<void>;
}

/** One implementation of `IAgoraRTCClient`, with whatever it needs around it. */
export interface ClientUnderTest {
  name: ClientName;
  sdk: Sdk;
  takeSeat(room: string, options?: SeatOptions): Promise<Seat>;
}
