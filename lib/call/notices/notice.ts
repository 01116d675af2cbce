import type { NoticeSound } from "@/lib/media/notice-sounds";

/** Something that happened in the call, in words, and with what sound. */
export interface Notice {
  words: string;
  sound: NoticeSound;
}

export type OnNotice = (notice: Notice) => void;

/** What happens within so long is told of in one sentence. Milliseconds. */
export const GATHER_MS = 1000;

/** `RIYA`, `RIYA and MEERA`, `RIYA and 2 others`. */
export function namesOf([first = "", second = "", ...more]: readonly string[]): string {
  if (!second) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first} and ${more.length + 1} others`;
}
