/** What a message is made of: text, and in it the addresses that can be opened. */
export type TextPart = { type: "text"; text: string } | { type: "link"; text: string; href: string };

// Where a link may begin and how far it may reach; invisible characters (\p{Cf}) end it, so that none hides in it.
const CANDIDATE = /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"\p{Cc}\p{Cf}]+/giu;
/** At a link's end these belong to the sentence around it. */
const PUNCTUATION = ".,;:!?'’”»…";
const OPENERS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/**
 * Finds the links in a text: `http` and `https`, nothing else. All parts together are the text, unchanged.
 *
 * An address with a user's name in it stays text: `https://bank.example@evil.example` leads to the latter.
 */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
    const address = candidate.slice(0, lengthWithoutSentence(candidate));
    const href = hrefOf(address);
    if (href === undefined) continue;
    if (index > done) parts.push({ type: "text", text: text.slice(done, index) });
    parts.push({ type: "link", text: address, href });
    done = index + address.length;
  }
  if (done < text.length) parts.push({ type: "text", text: text.slice(done) });
  return parts;
}

/** How much of it is the address: not the full stop after it, nor the bracket that was opened before it. */
function lengthWithoutSentence(candidate: string): number {
  const counts = new Map<string, number>();
  const countOf = (character: string) => counts.get(character) ?? 0;
  for (const character of candidate) counts.set(character, countOf(character) + 1);
  let length = candidate.length;
  while (length > 0) {
    const last = candidate.charAt(length - 1);
    const opener = OPENERS[last];
    const isUnopened = opener !== undefined && countOf(last) > countOf(opener);
    if (!isUnopened && !PUNCTUATION.includes(last)) break;
    counts.set(last, countOf(last) - 1);
    length--;
  }
  return length;
}

function hrefOf(address: string): string | undefined {
  try {
    const url = new URL(address);
    const isPlain = url.username === "" && url.password === "";
    return isPlain && (url.protocol === "https:" || url.protocol === "http:") ? url.href : undefined;
  } catch (error) {
    // What `URL` says of an address that is none.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
