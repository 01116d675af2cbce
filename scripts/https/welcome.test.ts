import { renderUnicodeCompact } from "uqr";
import { expect, it } from "vitest";
import { httpsAddress, welcome } from "./welcome.mjs";

const start = {
  addresses: ["https://192.168.1.5:3443", "https://10.0.0.7:3443"],
  localAddress: "https://localhost:3443",
  renewedBecause: null,
  hasColours: false,
};

it("says where to open the app, shows the first address as a QR code, and what to click at the warning", () => {
  const text = welcome(start);
  for (const address of [...start.addresses, start.localAddress]) expect(text).toContain(address);
  expect(text).toContain(renderUnicodeCompact("https://192.168.1.5:3443", { border: 2 }));
  expect(text).toMatch(/Safari +Show Details/);
  expect(text).not.toContain("The certificate is a new one");
});

it("colours each line of the QR code where the terminal has colours", () => {
  const [firstLine = ""] = renderUnicodeCompact("https://192.168.1.5:3443", { border: 2 }).split("\n");
  expect(welcome({ ...start, hasColours: true })).toContain(`\u001b[97;40m${firstLine}\u001b[0m\n`);
});

it("says why browsers warn again, and that there is no network", () => {
  expect(welcome({ ...start, renewedBecause: "it ran out" })).toContain("The certificate is a new one: it ran out.");
  expect(welcome({ ...start, addresses: [] })).toContain("This computer is in no network.");
});

it("writes IPv6 addresses as addresses are written", () => {
  expect(httpsAddress("fd00::7", 3443)).toBe("https://[fd00::7]:3443");
});
