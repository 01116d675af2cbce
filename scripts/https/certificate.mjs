// @ts-check
import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { generate } from "selfsigned";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Apple's systems take none that lasts longer than 825 days, others none beyond 398. */
const LIFETIME_MS = 397 * DAY_MS;
/** Phones' clocks may be behind this one. */
const CLOCK_SKEW_MS = DAY_MS;
/** One that ends within the week is renewed at a start, not in the middle of a call. */
const RENEWAL_MS = 7 * DAY_MS;

/**
 * @typedef {object} Certificate
 * @property {string} pem the private key and the certificate
 * @property {string | null} renewedBecause a clause, when an older one was given up: browsers will warn again
 */

/**
 * The certificate for HTTPS in the local network: the one kept in a file if it will do, else a new one, which is kept there
 * and which only this user can read.
 *
 * @param {object} wish
 * @param {string} wish.file PEM, with the private key in it
 * @param {string[]} wish.needed host names and addresses without which it will not do
 * @param {string[]} wish.others what a new one is made for as well
 * @param {number} [wish.nowMs]
 * @returns {Promise<Certificate>}
 */
export async function certificateFor({ file, needed, others, nowMs = Date.now() }) {
  const kept = existsSync(file) ? readFileSync(file, "utf8") : null;
  const fault = kept === null ? null : faultOf(kept, needed, nowMs);
  if (kept !== null && fault === null) return { pem: kept, renewedBecause: null };
  const pem = await makeCertificate([...new Set([...needed, ...others])], nowMs);
  keep(file, pem);
  return { pem, renewedBecause: fault };
}

/**
 * @param {string} pem
 * @param {string[]} needed
 * @param {number} nowMs
 * @returns {string | null} why it will not do
 */
function faultOf(pem, needed, nowMs) {
  try {
    const certificate = new X509Certificate(pem);
    if (!certificate.checkPrivateKey(createPrivateKey(pem))) return "its key was another's";
    if (Date.parse(certificate.validFrom) > nowMs) return "it was not valid yet";
    if (Date.parse(certificate.validTo) < nowMs + RENEWAL_MS) return "it ran out";
    const isNamed = (/** @type {string} */ name) =>
      isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name, { subject: "never" });
    return needed.every(isNamed) ? null : "this computer's address has changed";
  } catch (error) {
    return `it could not be read (${error instanceof Error ? error.message : String(error)})`;
  }
}

/**
 * @param {string[]} names
 * @param {number} nowMs
 */
async function makeCertificate(names, nowMs) {
  const made = await generate([{ name: "commonName", value: "MyChat" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(nowMs - CLOCK_SKEW_MS),
    notAfterDate: new Date(nowMs - CLOCK_SKEW_MS + LIFETIME_MS),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  });
  return `${made.private.trim()}\n${made.cert.trim()}\n`;
}

/**
 * Under another name first: nobody finds half a file, and one that others could read does not lend its permissions.
 *
 * @param {string} file
 * @param {string} pem
 */
function keep(file, pem) {
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, pem, { mode: 0o600, flag: "wx" });
  renameSync(draft, file);
}
