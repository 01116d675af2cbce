// @ts-check
import { isIPv6 } from "node:net";
import { renderUnicodeCompact } from "uqr";

/** Bright white on black: a terminal's own colours may be the other way round, which not every phone reads. */
const WHITE_ON_BLACK = "\u001b[97;40m";
const RESET = "\u001b[0m";

/**
 * @param {string} host a name or an address
 * @param {number} port
 */
export function httpsAddress(host, port) {
  return `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/**
 * @param {string} text
 * @param {boolean} hasColours
 */
function qrCode(text, hasColours) {
  const lines = renderUnicodeCompact(text, { border: 2 }).split("\n");
  return lines.map((line) => (hasColours ? `${WHITE_ON_BLACK}${line}${RESET}` : line)).join("\n");
}

/**
 * What stands in the terminal when the app can be opened.
 *
 * @param {object} start
 * @param {string[]} start.addresses where people open it, the likeliest first; none: this computer is in no network
 * @param {string} start.localAddress for this computer itself
 * @param {string | null} start.renewedBecause why there is a new certificate
 * @param {boolean} start.hasColours
 */
export function welcome({ addresses, localAddress, renewedBecause, hasColours }) {
  const [first] = addresses;
  const where = first
    ? [
        "On a phone or another computer in the same network, open",
        "",
        ...addresses.map((address) => `    ${address}`),
        "",
        qrCode(first, hasColours),
        "",
        `On this computer: ${localAddress}`,
      ]
    : [`This computer is in no network. On it, open ${localAddress}`];
  return [
    "",
    ...where,
    "",
    ...(renewedBecause ? [`The certificate is a new one: ${renewedBecause}.`] : []),
    "The browser warns once about the certificate, because this computer made it itself. Go on by",
    "",
    "    Chrome, Edge   Advanced, then Proceed to … (unsafe)",
    "    Safari         Show Details, then visit this website",
    "    Firefox        Advanced…, then Accept the Risk and Continue",
    "",
  ].join("\n");
}
