/** A character that is whole whatever follows it: of plain Latin letters, digits and signs none joins with one of them. */
const PLAIN = /^[!-~](?:[!-~]|$)/;

let segmenter: Intl.Segmenter | undefined;

/**
 * One or two letters to stand for a person: of the first and the last word of the name. Whole characters as a person
 * sees them, so that an emoji or a letter with its marks is not cut in two.
 */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return chosen.map((word) => firstCharacter(word ?? "").toLocaleUpperCase()).join("");
}

/**
 * Has the browser learn where characters end: the first time it takes some 20 ms (Chromium), which would be while somebody's tile is
 * drawn, and their picture waits.
 */
export function prepareInitials(): void {
  if ("Segmenter" in Intl) segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
}

function firstCharacter(word: string): string {
  if (PLAIN.test(word)) return word.charAt(0);
  prepareInitials();
  // Firefox before 125: a code point will do.
  if (!segmenter) return [...word][0] ?? "";
  for (const { segment } of segmenter.segment(word)) return segment;
  return "";
}
