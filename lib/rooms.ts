import type { RoomName } from "./contracts/identifiers";

const CONSONANTS = "BDFGHJKLMNPRSTVZ";
const VOWELS = "AIOU";

/** A number of 16 bits as a word of five letters that can be said (proquint, arXiv:0901.4016). */
function proquint(bits: number): string {
  const consonant = (shift: number) => CONSONANTS[(bits >> shift) & 15];
  const vowel = (shift: number) => VOWELS[(bits >> shift) & 3];
  return `${consonant(12)}${vowel(10)}${consonant(6)}${vowel(4)}${consonant(0)}`;
}

/** A fresh room's name, such as `LUSAB-BABAD-GUTIH`: easily said on the telephone, 48 random bits, so never guessed. */
export function newRoomName(): RoomName {
  const words = crypto.getRandomValues(new Uint16Array(3));
  return Array.from(words, proquint).join("-") as RoomName;
}
