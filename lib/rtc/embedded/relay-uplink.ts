import { logWarning } from "@/lib/log";
import { attachTracks } from "./attach-tracks";
import { InTurn } from "./in-turn";
import type { LocalMedia } from "./local-media";
import type { RelayConnection } from "./relay-connection";
import { tuneSimulcast } from "./simulcast";
import type { PictureLimits } from "./video-encoding";

interface UplinkOptions {
  readonly role: "person" | "screen";
  readonly localMedia: LocalMedia;
  /** The small picture that those get who want no more; `undefined` where there is none to give. */
  readonly lowStream: () => PictureLimits | undefined;
  readonly stepsDown: () => number;
  readonly connections: () => readonly RelayConnection[];
  /** Which encodings somebody is to be given by a connection; `undefined`: that is not known. */
  readonly wantedRids: (connection: RelayConnection) => readonly string[] | undefined;
}

/** What this page sends to the relay: the same by each connection, while one takes the other's place. */
export class RelayUplink {
  readonly #options: UplinkOptions;
  readonly #attaching = new InTurn();
  readonly #tuning = new InTurn();

  constructor(options: UplinkOptions) {
    this.#options = options;
  }

  /** Brings what is sent into line with what is published. Resolves when it is. @throws {DOMException} as `replaceTrack` */
  update(): Promise<void> {
    return this.#attaching.run(async () => {
      const { connections, localMedia } = this.#options;
      await Promise.all(
        connections().map((connection) =>
          attachTracks({
            sender: (kind) => connection.sender(kind),
            outgoing: (kind) => localMedia.outgoing(kind),
            isOver: () => !connections().includes(connection),
          }),
        ),
      );
      this.tune();
    });
  }

  /** Brings the encoders into line with what there is to give, and who is to be given it. */
  tune(): void {
    void this.#tuning.runOnce(() => this.#tuneNow());
  }

  async #tuneNow(): Promise<void> {
    const { role, lowStream, stepsDown, connections, wantedRids } = this.#options;
    for (const connection of connections()) {
      try {
        await tuneSimulcast(connection.sender("video"), {
          role,
          lowStream: lowStream(),
          wantedRids: wantedRids(connection),
          stepsDown: stepsDown(),
        });
      } catch (error) {
        // Closed meanwhile, or another time it will be set.
        if (connections().includes(connection)) logWarning("The video encoder could not be set.", error);
      }
    }
  }
}
