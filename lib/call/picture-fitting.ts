import type { IAgoraRTCClient } from "agora-rtc-react";
import type { Uid } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";
import type { DrawnPictures } from "./drawn-pictures";
import { type PictureSize, pictureSizeFor } from "./picture-size";

/** `RemoteStreamType` of the SDK, which its script does not export by name. */
const STREAM_TYPE = { high: 0, low: 1 } as const;

/** Asks each person whose picture is received for the size in which it is drawn here. */
export class PictureFitting {
  readonly #client: IAgoraRTCClient;
  readonly #pictures: DrawnPictures;
  readonly #asked = new Map<Uid, PictureSize>();

  constructor(client: IAgoraRTCClient, pictures: DrawnPictures) {
    this.#client = client;
    this.#pictures = pictures;
  }

  /** A new subscription: what was asked for before may have been of another client of theirs. */
  begin(uid: Uid): void {
    this.#asked.delete(uid);
    this.fit(uid);
  }

  /** To be called when the picture's size on the screen changes. */
  fit(uid: Uid): void {
    const heightPx = this.#pictures.heightOf(uid);
    if (heightPx === undefined || !this.#isReceived(uid)) return;
    const before = this.#asked.get(uid);
    const size = pictureSizeFor(heightPx, before ?? "high");
    if (size === before) return;
    this.#asked.set(uid, size);
    this.#client.setRemoteVideoStreamType(uid, STREAM_TYPE[size]).catch((error: unknown) => {
      // Tried again at the next change; until then the picture is larger than it need be, or less sharp.
      if (this.#asked.get(uid) === size) this.#asked.delete(uid);
      if (this.#isReceived(uid)) logWarning(`The picture of ${uid} could not be had in another size.`, error);
    });
  }

  #isReceived(uid: Uid): boolean {
    return this.#client.remoteUsers.some((user) => user.uid === uid && user.videoTrack);
  }
}
