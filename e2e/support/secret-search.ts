const ALIGNMENTS = [0, 1, 2];
/** A secret at the edge of a group shares its letters with what stands beside it. */
const GROUP = 4;

/**
 * The forms in which a secret of hex digits could stand in a text: as it is, in capitals, and in base64 (of its text or of
 * the bytes that it stands for), wherever in the encoded text it begins.
 */
function spellingsOf(secret: string): string[] {
  const contents = [secret.toLowerCase(), secret.toUpperCase()].map((text) => Buffer.from(text));
  const encoded = [...contents, Buffer.from(secret, "hex")].flatMap((content) =>
    ALIGNMENTS.map((before) => {
      const base64 = Buffer.concat([Buffer.alloc(before), content])
        .toString("base64")
        .replace(/=+$/, "");
      return base64.slice(before === 0 ? 0 : GROUP, -GROUP);
    }),
  );
  const urlSafe = encoded.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  return [...new Set([secret.toLowerCase(), secret.toUpperCase(), ...encoded, ...urlSafe])];
}

/** In which of its forms a secret stands in a text; `undefined`: in none. */
export function findSecret(text: string, secret: string): string | undefined {
  return spellingsOf(secret).find((spelling) => text.includes(spelling));
}
