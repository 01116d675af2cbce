import type { Uid } from "@/lib/contracts/identifiers";
import type { MediaKind } from "./offer";
import type { Publication } from "./publication";
import type { RelayPeer } from "./relay-peer";
import { Silence } from "./silence";

/** A page may replace its connection: the old one carries on until the new one has stood for so long. */
const OVERLAP_MS = 3_000;

interface Entry {
  peer: RelayPeer;
  connectedAtMs: number | undefined;
}

/** Everyone's connections in one room: media goes among these, and to no other. */
export class RoomRelay {
  /** By uid, the oldest first. */
  readonly #entries = new Map<Uid, Entry[]>();
  readonly #silence = new Silence();

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get peers(): RelayPeer[] {
    return [...this.#entries.values()].flatMap((entries) => entries.map(({ peer }) => peer));
  }

  /** @returns what it replaces at once: connections of the uid that were not up, or of another page of theirs */
  add(peer: RelayPeer): RelayPeer[] {
    const { uid, instance } = peer.address;
    const before = this.#entries.get(uid) ?? [];
    const kept = before.filter(
      (entry) => entry.connectedAtMs !== undefined && entry.peer.address.instance === instance,
    );
    const newestKept = kept.slice(-1);
    this.#entries.set(uid, [...newestKept, { peer, connectedAtMs: undefined }]);
    return before.filter((entry) => !newestKept.includes(entry)).map((entry) => entry.peer);
  }

  find(uid: Uid, connection: string): RelayPeer | undefined {
    return this.of(uid).find(({ address }) => address.connection === connection);
  }

  of(uid: Uid): RelayPeer[] {
    return (this.#entries.get(uid) ?? []).map(({ peer }) => peer);
  }

  remove(peer: RelayPeer): void {
    const left = (this.#entries.get(peer.address.uid) ?? []).filter((entry) => entry.peer !== peer);
    if (left.length > 0) this.#entries.set(peer.address.uid, left);
    else this.#entries.delete(peer.address.uid);
  }

  noteConnected(peer: RelayPeer, nowMs: number): void {
    const entry = this.#entries.get(peer.address.uid)?.find((each) => each.peer === peer);
    if (entry) entry.connectedAtMs = nowMs;
  }

  /** Connections whose successor has stood for long enough. */
  outlived(nowMs: number): RelayPeer[] {
    return [...this.#entries.values()].flatMap((entries) => {
      const newest = entries[entries.length - 1];
      const isUp = newest?.connectedAtMs !== undefined && nowMs - newest.connectedAtMs >= OVERLAP_MS;
      return isUp ? entries.slice(0, -1).map(({ peer }) => peer) : [];
    });
  }

  /** What a uid publishes of a kind: by its newest connection of which something has come. */
  publication(uid: Uid, kind: MediaKind): Publication | undefined {
    const all = (this.#entries.get(uid) ?? [])
      .filter(({ connectedAtMs }) => connectedAtMs !== undefined)
      .map(({ peer }) => peer.uplink.publication(kind))
      .filter((publication) => publication !== undefined);
    return all.filter(({ hasFlowed }) => hasFlowed).pop() ?? all.pop();
  }

  /** Those of whom nothing comes by any connection that was up. */
  #silent(nowMs: number): Uid[] {
    const isSilent = ({ peer }: Entry) => this.#silence.isSilent(peer.transport.heardAtMs, nowMs);
    return [...this.#entries].flatMap(([uid, entries]) => {
      const up = entries.filter(({ connectedAtMs }) => connectedAtMs !== undefined);
      return up.length > 0 && up.every(isSilent) ? [uid] : [];
    });
  }

  tick(nowMs: number): void {
    this.#silence.look(nowMs);
    const { peers } = this;
    const silent = this.#silent(nowMs);
    for (const peer of peers) {
      peer.tick(nowMs, (uid, kind) => (uid === peer.address.uid ? undefined : this.publication(uid, kind)));
    }
    for (const peer of peers) {
      // A connection that takes another's place is told what is wanted of that one: it is to begin before it is taken.
      const given = this.publication(peer.address.uid, "video");
      peer.tellFlow(nowMs, () => (given ? peers.flatMap(({ downlink }) => downlink.ridsOf(given)) : []), silent);
    }
  }
}
