import { patchRoom, postKnockAnswer, postMute, postRemove } from "@/lib/api/hosting-api";
import { AppError } from "@/lib/app-error";
import type { RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";

/** What a host does. The server checks it, and tells everyone what came of it: nothing is changed here. */
export class HostActions {
  readonly #room: RoomName;
  readonly #token: () => RtcToken;

  constructor(room: RoomName, token: () => RtcToken) {
    this.#room = room;
    this.#token = token;
  }

  /** @throws {AppError} */
  async lock(isLocked: boolean): Promise<void> {
    await patchRoom(this.#room, this.#token(), { isLocked });
  }

  /** @throws {AppError} */
  async makeHost(uid: Uid): Promise<void> {
    await patchRoom(this.#room, this.#token(), { host: uid });
  }

  /** @throws {AppError} */
  async mute(uid: Uid): Promise<void> {
    await postMute(this.#token(), uid);
  }

  /** @throws {AppError} */
  async remove(uid: Uid): Promise<void> {
    await postRemove(this.#token(), uid);
  }

  /** @throws {AppError} */
  async answer(uid: Uid, isAdmitted: boolean): Promise<void> {
    try {
      await postKnockAnswer(this.#room, this.#token(), { uid, isAdmitted });
    } catch (error) {
      // They gave up at the same moment, and are gone from the list.
      if (!(error instanceof AppError && error.code === "not_found")) throw error;
    }
  }
}
