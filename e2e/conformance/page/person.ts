import type {
  IAgoraRTCClient,
  IAgoraRTCRemoteUser,
  ILocalAudioTrack,
  ILocalTrack,
  ILocalVideoTrack,
} from "agora-rtc-react";
import {
  type Color,
  colorSeenIn,
  paintPicture,
  soundTone,
  toneHeardIn,
} from "@/lib/rtc/embedded/testing/painted-media";
import { asText, eventually } from "./checks";
import type { Sdk, Seat } from "./client-under-test";

const EVENTS = [
  "connection-state-change",
  "user-joined",
  "user-left",
  "user-published",
  "user-unpublished",
  "user-info-updated",
  "token-privilege-will-expire",
  "token-privilege-did-expire",
] as const;

export const TONES_HZ = { rohit: 440, riya: 880, rahul: 1320 } as const;
const COLORS: { readonly [Name in PersonName]: Color } = { rohit: "red", riya: "blue", rahul: "yellow" };
export type PersonName = keyof typeof TONES_HZ;

/** Who is behind a uid, for a log that reads the same over every client. */
export type NameOf = (uid: unknown) => string;

/** One person of a scenario, with a client, a picture and a tone of their own. */
export class Person {
  readonly name: PersonName;
  readonly seat: Seat;
  readonly video: ILocalVideoTrack;
  readonly audio: ILocalAudioTrack;
  /** The client's events in order, each as a line: what it said, and what `remoteUsers` was at that moment. */
  readonly log: string[] = [];
  readonly #sdk: Sdk;
  readonly #nameOf: NameOf;
  readonly #disposers: (() => void)[] = [];

  constructor(name: PersonName, { seat, sdk, nameOf }: { seat: Seat; sdk: Sdk; nameOf: NameOf }) {
    this.name = name;
    this.seat = seat;
    this.#sdk = sdk;
    this.#nameOf = nameOf;
    this.video = this.makeVideo(COLORS[name]);
    this.audio = this.makeAudio(TONES_HZ[name]);
    for (const event of EVENTS) this.client.on(event, (...args: unknown[]) => this.#note(event, args));
  }

  get client(): IAgoraRTCClient {
    return this.seat.client;
  }

  get uid(): number {
    return this.seat.uid;
  }

  join(): Promise<unknown> {
    const { appId, room, token, uid } = this.seat;
    return this.client.join(appId, room, token, uid);
  }

  makeVideo(color: Color, size?: { width: number; height: number }): ILocalVideoTrack {
    const { track, stop } = paintPicture(color, size);
    this.#disposers.push(stop);
    return this.own(this.#sdk.createCustomVideoTrack({ mediaStreamTrack: track }));
  }

  makeAudio(frequencyHz: number): ILocalAudioTrack {
    const { track, stop } = soundTone(frequencyHz);
    this.#disposers.push(stop);
    return this.own(this.#sdk.createCustomAudioTrack({ mediaStreamTrack: track }));
  }

  /** Closes a track at the end. */
  own<Track extends ILocalTrack>(track: Track): Track {
    this.#disposers.push(() => track.close());
    return track;
  }

  userOf(other: Person): IAgoraRTCRemoteUser {
    const user = this.client.remoteUsers.find(({ uid }) => uid === other.uid);
    if (!user) throw new Error(`${this.name} does not know of ${other.name}.`);
    return user;
  }

  /** What was told of others, or of the connection's state. */
  told(prefix: string): string[] {
    return this.log.filter((line) => line.startsWith(prefix));
  }

  /** The connection's changes of state. */
  get states(): string[] {
    return this.told("connection-state-change");
  }

  /** Waits until the log's last lines of a kind are so many, and gives them. */
  async hearsOf(prefix: string, count: number): Promise<string[]> {
    await eventually(() => {
      if (this.told(prefix).length < count) throw new Error(`${this.name} was told only ${asText(this.told(prefix))}`);
    });
    return this.told(prefix);
  }

  /** Waits until another's sound and picture are, or are not, to be had. */
  async knows(other: Person, media: { audio?: boolean; video?: boolean }): Promise<IAgoraRTCRemoteUser> {
    return eventually(() => {
      const user = this.userOf(other);
      const isSo = (media.audio ?? user.hasAudio) === user.hasAudio && (media.video ?? user.hasVideo) === user.hasVideo;
      if (!isSo) throw new Error(`${this.name} has ${this.#known()} for ${other.name}, not ${asText(media)}`);
      return user;
    });
  }

  /** Subscribes, and waits for a frame of this colour. */
  async sees(other: Person, color: Color = COLORS[other.name]): Promise<void> {
    const track = await this.client.subscribe(this.userOf(other), "video");
    await eventually(async () => {
      const seen = await colorSeenIn(track.getMediaStreamTrack());
      if (seen !== color) throw new Error(`${this.name} sees ${seen} of ${other.name}, not ${color}.`);
    });
  }

  /** Subscribes, and waits for this tone, within the width of a bin. */
  async hears(other: Person, frequencyHz: number = TONES_HZ[other.name]): Promise<void> {
    const track = await this.client.subscribe(this.userOf(other), "audio");
    await eventually(async () => {
      const heardHz = await toneHeardIn(track.getMediaStreamTrack());
      if (Math.abs(heardHz - frequencyHz) > 40) throw new Error(`${this.name} hears ${heardHz} Hz of ${other.name}.`);
    });
  }

  async dispose(): Promise<void> {
    await this.client.leave();
    for (const dispose of this.#disposers) dispose();
    await this.seat.release();
  }

  #note(event: string, args: unknown[]): void {
    const told = args.filter((arg) => arg !== undefined).map((arg) => this.#text(arg));
    const known = event.startsWith("user-") ? [`[${this.#known()}]`] : [];
    this.log.push([event, ...told, ...known].join(" "));
  }

  #text(arg: unknown): string {
    if (typeof arg === "object" && arg !== null && "uid" in arg) return this.#nameOf(arg.uid);
    return typeof arg === "number" ? this.#nameOf(arg) : String(arg);
  }

  #known(): string {
    const users = this.client.remoteUsers.map(
      ({ uid, hasAudio, hasVideo }) => `${this.#nameOf(uid)}:${hasAudio ? "a" : "-"}${hasVideo ? "v" : "-"}`,
    );
    return users.join(" ");
  }
}
