/** From where a link to this page can be opened: `computer` is this one alone, `network` the one that it is in. */
export type LinkReach = "computer" | "network" | "everywhere";

const THIS_COMPUTER = [/^localhost$/, /\.localhost$/, /^127\./, /^\[::1\]$/];

/** Private and link-local addresses (RFC 1918, RFC 3927, RFC 4193, RFC 4291 §2.5.6), and names of RFC 6762 or without a dot. */
const THIS_NETWORK = [
  /^10\.\d+\.\d+\.\d+$/,
  /^192\.168\.\d+\.\d+$/,
  /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/,
  /^169\.254\.\d+\.\d+$/,
  /^\[f[cd]/,
  /^\[fe[89ab]/,
  /\.local$/,
  /^[^.[]+$/,
];

/** @param hostname as `location` has it: in small letters, IPv6 in brackets */
export function linkReach(hostname: string): LinkReach {
  if (THIS_COMPUTER.some((pattern) => pattern.test(hostname))) return "computer";
  return THIS_NETWORK.some((pattern) => pattern.test(hostname)) ? "network" : "everywhere";
}
