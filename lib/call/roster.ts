import type { Uid } from "@/lib/contracts/identifiers";
import type { Member } from "@/lib/contracts/members";

/** How long someone who is missing after the server's return may take to come back. Milliseconds. */
const MISSING_GRACE_MS = 10_000;

export interface RosterChange {
  /** New, or changed in any way. */
  set: Member[];
  left: Uid[];
}

/**
 * Who is in the room, by the server's word, in the order in which they came. After the stream was lost for longer than
 * the server remembers, people who are missing from its new `welcome` are kept as `reconnecting` for a while: the server
 * may have been restarted, and their media goes on meanwhile.
 */
export class Roster {
  readonly #members = new Map<Uid, Member>();
  readonly #missing = new Map<Uid, ReturnType<typeof setTimeout>>();
  readonly #onChange: (change: RosterChange) => void;

  constructor(onChange: (change: RosterChange) => void) {
    this.#onChange = onChange;
  }

  get members(): Member[] {
    return [...this.#members.values()];
  }

  get(uid: Uid): Member | undefined {
    return this.#members.get(uid);
  }

  /** Takes a `welcome`. */
  welcome(members: readonly Member[]): void {
    const present = new Set(members.map((member) => member.uid));
    for (const member of members) this.#put(member);
    const missing: Member[] = [];
    for (const member of this.#members.values()) {
      if (present.has(member.uid) || this.#missing.has(member.uid)) continue;
      const { uid } = member;
      missing.push({ ...member, state: "reconnecting" });
      this.#missing.set(
        uid,
        setTimeout(() => this.remove(uid), MISSING_GRACE_MS),
      );
    }
    for (const member of missing) this.#members.set(member.uid, member);
    this.#onChange({ set: [...members, ...missing], left: [] });
  }

  set(member: Member): void {
    this.#put(member);
    this.#onChange({ set: [member], left: [] });
  }

  remove(uid: Uid): void {
    this.#found(uid);
    if (this.#members.delete(uid)) this.#onChange({ set: [], left: [uid] });
  }

  /** Nobody is known any more. */
  clear(): void {
    const left = [...this.#members.keys()];
    this.dispose();
    this.#members.clear();
    if (left.length > 0) this.#onChange({ set: [], left });
  }

  dispose(): void {
    for (const timer of this.#missing.values()) clearTimeout(timer);
    this.#missing.clear();
  }

  #put(member: Member): void {
    this.#found(member.uid);
    this.#members.set(member.uid, member);
  }

  #found(uid: Uid): void {
    clearTimeout(this.#missing.get(uid));
    this.#missing.delete(uid);
  }
}
