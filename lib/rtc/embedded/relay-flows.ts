import type { Uid } from "@/lib/contracts/identifiers";
import type { RelayNotice } from "@/lib/contracts/relay";
import type { RelayConnection } from "./relay-connection";
import type { RelayWishes } from "./relay-wishes";

type Flow = Extract<RelayNotice, { type: "flow" }>;

interface FlowsOptions {
  readonly wishes: RelayWishes;
  /** Others are silent now. */
  readonly onSilence: () => void;
  /** The relay has room for someone's picture on this page's downlink, or has not. */
  readonly onPicture: (uid: Uid, isGiven: boolean) => void;
}

/** What the relay says of what goes through it: which encodings it wants, whom it gives, and who is silent. */
export class RelayFlows {
  readonly #options: FlowsOptions;
  /** Its last word on each connection, which may come before the connection carries. */
  readonly #flows = new WeakMap<RelayConnection, Flow>();
  readonly #withoutPicture = new Set<Uid>();
  #silentUids: readonly Uid[] = [];

  constructor(options: FlowsOptions) {
    this.#options = options;
  }

  note(connection: RelayConnection, flow: Flow): void {
    this.#flows.set(connection, flow);
  }

  wantedRids(connection: RelayConnection): readonly string[] | undefined {
    return this.#flows.get(connection)?.wantedRids;
  }

  isSilent(uid: Uid): boolean {
    return this.#silentUids.includes(uid);
  }

  /** Has what was noted of the connection that carries count. */
  apply(connection: RelayConnection): void {
    const flow = this.#flows.get(connection);
    if (!flow) return;
    const isAsBefore = flow.silent.join() === this.#silentUids.join();
    this.#silentUids = flow.silent;
    if (!isAsBefore) this.#options.onSilence();
    for (const [uid, { slot, wish }] of this.#options.wishes.all) {
      const given = flow.receives.find(({ mid }) => connection.slotOf(mid) === slot);
      const isWithout = wish.video && given !== undefined && given.rid === null;
      if (isWithout === this.#withoutPicture.has(uid)) continue;
      if (isWithout) this.#withoutPicture.add(uid);
      else this.#withoutPicture.delete(uid);
      this.#options.onPicture(uid, !isWithout);
    }
  }

  /** Nothing is wanted of someone any more. */
  forget(uid: Uid): void {
    if (this.#withoutPicture.delete(uid)) this.#options.onPicture(uid, true);
  }

  /** Nothing goes through the relay any more: nobody is called silent by what it said. */
  clear(): void {
    this.#silentUids = [];
  }
}
