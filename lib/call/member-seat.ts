import { postMember, requestToken } from "@/lib/api/room-api";
import { AppError } from "@/lib/app-error";
import type { JoinAnswer, OutgoingSignal } from "@/lib/contracts/http";
import type { Instance, RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import type { Member } from "@/lib/contracts/members";
import { logWarning } from "@/lib/log";
import { backOffMs, wait } from "./back-off";
import { mayPass } from "./may-pass";
import type { Roster } from "./roster";
import type { TabSeat } from "./tab-seat";
import type { TokenKeeper } from "./token-keeper";

/** Milliseconds. */
const RETAKE = { firstMs: 500, maxMs: 4000 };

interface MemberSeatOptions {
  room: RoomName;
  instance: Instance;
  tokens: TokenKeeper;
  tabSeat: TabSeat;
  roster: Roster;
  signal: AbortSignal;
  /** A token that came with the seat taken again. */
  onRetaken(token: RtcToken): void;
  onRemoved(): void;
  /** The server will not give the seat back. */
  onLost(): void;
}

/** This page's seat on the server: taken at the entrance, and again when the server has forgotten it. */
export class MemberSeat {
  readonly #options: MemberSeatOptions;
  #isRetaking = false;

  constructor(options: MemberSeatOptions) {
    this.#options = options;
  }

  /**
   * `POST /api/members`; a token that has ended meanwhile is renewed first, where the server still does that.
   *
   * @param signals what the others are to hear together with it
   */
  async take(token: RtcToken, name: string, signals: OutgoingSignal[] = []): Promise<JoinAnswer> {
    const { room, instance, tokens, roster, signal } = this.#options;
    const member = { name, instance, ...(signals.length > 0 && { signals }) };
    let answer: JoinAnswer;
    try {
      answer = await postMember(token, member, signal);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "token_expired") throw error;
      const renewed = await requestToken(room, token, signal);
      answer = await postMember(renewed.token, member, signal);
    }
    tokens.take(answer);
    // The answer may be here before the stream's word of it.
    if (!roster.get(answer.uid)) roster.set({ ...memberJustSeated(answer.uid, answer.name), instance });
    return answer;
  }

  /** The server forgot this member while the page slept or was cut off: the same uid takes its seat again. */
  async retake(): Promise<void> {
    if (this.#isRetaking) return;
    this.#isRetaking = true;
    const { tokens, tabSeat, signal, onRetaken, onRemoved, onLost } = this.#options;
    for (let failures = 0; tabSeat.held; failures++) {
      try {
        const { token } = await this.take(tokens.token, tabSeat.held.name);
        tabSeat.update({ token });
        onRetaken(token);
        break;
      } catch (error) {
        if (signal.aborted) break;
        logWarning("The seat could not be taken again.", error);
        if (error instanceof AppError && error.code === "removed") onRemoved();
        // Full or locked meanwhile, or the token's time is over: from the beginning, where the person is told.
        else if (error instanceof AppError && !mayPass(error)) onLost();
        else await wait(backOffMs(failures, RETAKE), signal);
      }
    }
    this.#isRetaking = false;
  }
}

/** This page's own member, until the stream's word of it is here. */
function memberJustSeated(uid: Uid, name: string): Omit<Member, "instance"> {
  return {
    uid,
    name,
    state: "connected",
    joinedAt: Date.now(),
    unreachable: [],
    handRaisedAt: null,
    isMutedByHost: false,
    screen: null,
  };
}
