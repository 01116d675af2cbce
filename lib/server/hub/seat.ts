import * as v from "valibot";
import type { MemberRow } from "@/db/members";
import type { StandingOffer } from "@/lib/contracts/http";
import { Instance, Uid } from "@/lib/contracts/identifiers";
import type { Member, MemberState, UnreachablePeer } from "@/lib/contracts/members";

const KEPT_SEQS = 4_096;

/** A member, as the hub keeps them: the row, and how the person is. */
export class Seat {
  readonly uid: Uid;
  readonly joinedAt: number;
  name: string;
  instance: Instance;
  state: MemberState;
  /** When the seat ends if nothing happens, monotonic milliseconds; `null` while its page has a stream. */
  endsAtMs: number | null;
  /** Since this event the page is a member's: one that last heard an earlier one is missing the room's messages. */
  memberSince = 0;
  /** Whom the page cannot reach, as it says. */
  unreachable: UnreachablePeer[] = [];
  /** What the page, alone in the room, has left for whoever comes first. */
  standingOffer: Omit<StandingOffer, "instance"> | null = null;
  handRaisedAt: number | null;
  isMutedByHost: boolean;
  screen: Uid | null;
  #seqs = new Set<number>();
  #seqFloor = -1;

  constructor(row: MemberRow, state: MemberState, endsAtMs: number | null) {
    this.uid = v.parse(Uid, row.uid);
    this.joinedAt = row.joinedAtMs;
    this.name = row.name;
    this.instance = v.parse(Instance, row.instance);
    this.handRaisedAt = row.handRaisedAtMs;
    this.isMutedByHost = row.isMutedByHost;
    this.screen = row.screenUid === null ? null : v.parse(Uid, row.screenUid);
    this.state = state;
    this.endsAtMs = endsAtMs;
  }

  get member(): Member {
    const { uid, name, state, instance, joinedAt, unreachable, handRaisedAt, isMutedByHost, screen } = this;
    return { uid, name, state, instance, joinedAt, unreachable, handRaisedAt, isMutedByHost, screen };
  }

  /** A page newly loaded takes the seat; it counts its signals from the start, and has links of its own. */
  moveTo(instance: Instance): void {
    this.instance = instance;
    this.unreachable = [];
    this.standingOffer = null;
    this.#seqs = new Set();
    this.#seqFloor = -1;
  }

  /** @returns whether a signal with this number has come before from this page; it has from now on */
  hasSeen(seq: number): boolean {
    if (seq <= this.#seqFloor || this.#seqs.has(seq)) return true;
    this.#seqs.add(seq);
    if (this.#seqs.size > KEPT_SEQS) {
      const [oldest = -1] = this.#seqs;
      this.#seqs.delete(oldest);
      this.#seqFloor = Math.max(this.#seqFloor, oldest);
    }
    return false;
  }
}
