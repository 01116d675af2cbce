import type { IAgoraRTCClient, ILocalAudioTrack, ILocalVideoTrack } from "agora-rtc-react";
import { EmbeddedClient } from "@/lib/rtc/embedded/embedded-client";
import type { Timings } from "@/lib/rtc/embedded/timings";
import { asSdkType } from "@/lib/rtc/sdk-type";
import type { MemoryPage, MemoryRoom } from "./memory-signalling";
import type { Color } from "./painted-media";
import { paintedVideoTrack, tonedAudioTrack } from "./painted-tracks";
import { connectToRelay } from "./relay-signalling";

/** Short enough for tests, long enough for two cores. */
const TEST_TIMINGS: Partial<Timings> = {
  // What is busy with the other tests finds none in 30 ms.
  candidateMs: 2000,
  passiveWaitMs: 300,
  offeredPatienceMs: 600,
  firstRestartMs: 100,
  retryMs: 600,
  maxRetryMs: 1500,
  statsMs: 250,
  qualityMs: 250,
  volumeMs: 250,
};

const EVENTS = [
  "connection-state-change",
  "user-joined",
  "user-left",
  "user-published",
  "user-unpublished",
  "user-info-updated",
  "media-reconnect-start",
  "media-reconnect-end",
] as const;

/** One person of a test: a client on a page of its own, with a picture and a tone of their own. */
export class Participant {
  readonly page: MemoryPage;
  readonly client: IAgoraRTCClient;
  readonly video: ILocalVideoTrack;
  readonly audio: ILocalAudioTrack;
  /** The client's events as they came, each as one line, with what the client's own state said at that moment. */
  readonly events: string[] = [];
  readonly connections: RTCPeerConnection[] = [];
  readonly #stops: (() => void)[];

  constructor(
    room: MemoryRoom,
    uid: number,
    options: {
      color?: Color;
      /** Of their picture, in pixels; 160 × 120 where that is not said. */
      size?: { width: number; height: number };
      frequencyHz?: number;
      timings?: Partial<Timings>;
      configuration?: RTCConfiguration;
      expiresInMs?: number;
      /** It is no person, but gives this one's screen. */
      screenOf?: Participant;
    } = {},
  ) {
    const { expiresInMs, screenOf } = options;
    this.page = room.enter(uid, { expiresInMs, screenOf: screenOf?.page });
    const embedded = new EmbeddedClient(this.page, {
      timings: { ...TEST_TIMINGS, ...options.timings },
      createConnection: (configuration) => {
        const connection = new RTCPeerConnection({ ...configuration, ...options.configuration });
        this.connections.push(connection);
        return connection;
      },
    });
    this.#stops = room.topology === "direct" ? [] : [connectToRelay(this.page)];
    this.client = asSdkType<IAgoraRTCClient>(embedded);
    const picture = paintedVideoTrack(options.color ?? "red", options.size);
    const tone = tonedAudioTrack(options.frequencyHz ?? 440);
    this.video = picture.track;
    this.audio = tone.track;
    this.#stops.push(picture.stop, tone.stop);
    for (const event of EVENTS) this.client.on(event, (...args: unknown[]) => this.#note(event, args));
  }

  get uid(): number {
    return this.page.self.uid;
  }

  join(): Promise<unknown> {
    const { seat } = this.page;
    return this.client.join("app-id", seat?.room ?? "MAIN", seat?.token ?? "007-none", this.uid);
  }

  async enter(): Promise<this> {
    await this.join();
    await this.client.publish([this.audio, this.video]);
    return this;
  }

  /** The peer connections that were not closed. */
  get openConnections(): RTCPeerConnection[] {
    return this.connections.filter(({ signalingState }) => signalingState !== "closed");
  }

  userOf(other: Participant) {
    const user = this.client.remoteUsers.find(({ uid }) => uid === other.uid);
    if (!user) throw new Error(`${this.uid} does not know of ${other.uid}.`);
    return user;
  }

  async dispose(): Promise<void> {
    await this.client.leave();
    this.video.close();
    this.audio.close();
    for (const stop of this.#stops) stop();
  }

  #note(event: string, args: unknown[]): void {
    const told = args.map((arg) =>
      typeof arg === "object" && arg !== null && "uid" in arg ? `${arg.uid}` : JSON.stringify(arg),
    );
    this.events.push([event, ...told].join(" "));
  }
}
