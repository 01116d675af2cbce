import type { Instance, Uid } from "@/lib/contracts/identifiers";
import type { Member } from "@/lib/contracts/members";

/** Someone in the room, called P and their uid, of whom there is nothing else to say but `more`. */
export function memberOf(uid: number, more: Partial<Member> = {}): Member {
  return {
    uid: uid as Uid,
    name: `P${uid}`,
    state: "connected",
    instance: `instance-${uid}` as Instance,
    joinedAt: uid,
    unreachable: [],
    handRaisedAt: null,
    isMutedByHost: false,
    screen: null,
    ...more,
  };
}
