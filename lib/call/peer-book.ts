import type { Uid } from "@/lib/contracts/identifiers";
import type { Member } from "@/lib/contracts/members";
import type { Peer, SignallingEvent } from "@/lib/rtc/embedded/signalling";
import type { RosterChange } from "./roster";

type PeerEvent = Extract<SignallingEvent, { type: "peer" | "peer-left" }>;

/** Who of the room has a client, for those who have links to them: each member, and each screen that one shares. */
export class PeerBook {
  readonly #members = new Map<Uid, Peer>();
  readonly #screens = new Map<Uid, Peer>();

  get peers(): Peer[] {
    return [...this.#members.values(), ...this.#screens.values()];
  }

  /** Takes in the roster's change. @returns what has happened by it */
  take({ set, left }: RosterChange): PeerEvent[] {
    return [
      ...set.flatMap((member) => this.#put(member)),
      ...left.flatMap((uid) => {
        this.#members.delete(uid);
        return [...this.#dropScreen(uid), { type: "peer-left", uid } satisfies PeerEvent];
      }),
    ];
  }

  #put({ uid, instance, screen }: Member): PeerEvent[] {
    const person: Peer = { uid, instance, role: "person" };
    this.#members.set(uid, person);
    const gone = this.#screens.get(uid)?.uid === screen ? [] : this.#dropScreen(uid);
    if (screen === null) return [...gone, { type: "peer", peer: person }];
    const shared: Peer = { uid: screen, instance, role: "screen" };
    this.#screens.set(uid, shared);
    return [...gone, { type: "peer", peer: person }, { type: "peer", peer: shared }];
  }

  #dropScreen(owner: Uid): PeerEvent[] {
    const screen = this.#screens.get(owner);
    this.#screens.delete(owner);
    return screen ? [{ type: "peer-left", uid: screen.uid }] : [];
  }
}
