import type { Uid } from "@/lib/contracts/identifiers";
import type { CallState } from "./call-store";

type People = Pick<CallState, "order" | "players">;

/**
 * How a person is called on the screen and in words: by their name, and where others in the call came before them by the same
 * one, with their number: `ROHIT (2)`. Names that look the same are the same.
 *
 * @returns an empty text for who is not in the call
 */
export function displayNameOf(people: People, uid: Uid): string {
  const name = people.players[uid]?.name;
  return name === undefined ? "" : `${name}${nameMarkOf(people, uid)}`;
}

/** ` (2)` for the second of a name; empty for the first, and so for nearly everyone. */
export function nameMarkOf({ order, players }: People, uid: Uid): string {
  const self = players[uid];
  if (!self) return "";
  const look = lookOf(self.name);
  let place = 1;
  for (const other of order) {
    if (other === uid) break;
    const player = players[other];
    if (player && lookOf(player.name) === look) place++;
  }
  return place === 1 ? "" : ` (${place})`;
}

/** What is the same for names that the eye can't tell apart: case, width, accents' encoding, what is drawn as nothing. */
function lookOf(name: string): string {
  return name
    .normalize("NFKC")
    .replace(/\p{DI}/gu, "")
    .replace(/\s+/gu, " ")
    .trim()
    .toLowerCase();
}
