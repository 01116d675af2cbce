import { X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { certificateFor } from "./certificate.mjs";

const DAY_MS = 24 * 60 * 60 * 1000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mychat-certificate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function wish(needed: string[], others: string[] = []) {
  return { file: join(folder, "https.pem"), needed, others };
}

it("names all that it is for, and only this user can read it", async () => {
  const asked = wish(["localhost", "192.168.1.5"], ["fd00::5", "laptop", "laptop.local"]);
  const { pem, renewedBecause } = await certificateFor(asked);
  const certificate = new X509Certificate(pem);
  for (const host of ["localhost", "laptop", "laptop.local"]) expect(certificate.checkHost(host), host).toBe(host);
  for (const address of ["192.168.1.5", "fd00::5"]) expect(certificate.checkIP(address), address).toBe(address);
  expect(certificate.ca).toBe(false);
  expect(renewedBecause).toBeNull();
  expect(readFileSync(asked.file, "utf8")).toBe(pem);
  expect(statSync(asked.file).mode & 0o777).toBe(0o600);
});

it("is kept while its addresses are right, also when others came", async () => {
  const first = await certificateFor(wish(["localhost", "192.168.1.5"]));
  expect(await certificateFor(wish(["localhost", "192.168.1.5"], ["fd00::6"]))).toEqual(first);
});

it("is made anew for another address", async () => {
  const first = await certificateFor(wish(["192.168.1.5"]));
  const second = await certificateFor(wish(["192.168.1.6"]));
  expect(second.renewedBecause).toBe("this computer's address has changed");
  expect(second.pem).not.toBe(first.pem);
  expect(new X509Certificate(second.pem).checkIP("192.168.1.6")).toBe("192.168.1.6");
});

it("is made anew before it runs out, and lasts no longer than browsers allow", async () => {
  const nowMs = Date.now();
  const first = await certificateFor({ ...wish(["localhost"]), nowMs });
  const { validFrom, validTo } = new X509Certificate(first.pem);
  expect(Date.parse(validTo) - Date.parse(validFrom)).toBeLessThan(398 * DAY_MS);
  expect((await certificateFor({ ...wish(["localhost"]), nowMs: nowMs + 380 * DAY_MS })).pem).toBe(first.pem);
  const second = await certificateFor({ ...wish(["localhost"]), nowMs: nowMs + 392 * DAY_MS });
  expect(second.renewedBecause).toBe("it ran out");
});

it("is made anew where the file is spoiled, and does not take over loose permissions", async () => {
  const asked = wish(["localhost"]);
  writeFileSync(asked.file, "not a certificate");
  chmodSync(asked.file, 0o644);
  const { renewedBecause } = await certificateFor(asked);
  expect(renewedBecause).toMatch(/^it could not be read/);
  expect(statSync(asked.file).mode & 0o777).toBe(0o600);
});

it("is made anew where the key is another's", async () => {
  const asked = wish(["localhost"]);
  const { pem: first } = await certificateFor(asked);
  const { pem: other } = await certificateFor({ ...asked, file: join(folder, "other.pem") });
  const keyOf = (pem: string) => pem.slice(0, pem.indexOf("-----BEGIN CERTIFICATE"));
  writeFileSync(asked.file, first.replace(keyOf(first), keyOf(other)));
  expect((await certificateFor(asked)).renewedBecause).toBe("its key was another's");
});
