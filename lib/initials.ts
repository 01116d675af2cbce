/**
 * One or two letters to stand for a person: of the first and the last word of the name. Whole characters as a person
 * sees them, so that an emoji or a letter with its marks is not cut in two.
 */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return chosen.map((word) => firstCharacter(word ?? "").toLocaleUpperCase()).join("");
}

function firstCharacter(word: string): string {
  // Firefox before 125: a code point will do.
  if (!("Segmenter" in Intl)) return [...word][0] ?? "";
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(word)) return segment;
  return "";
}
