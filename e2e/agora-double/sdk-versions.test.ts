import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";

const require = createRequire(import.meta.url);

/**
 * What the SDK says to Agora is documented nowhere: the double was learned from these two. With another, it is to be
 * looked at again what that one says.
 */
test.each([
  ["agora-rtc-react", "4.24.2"],
  ["agora-rtc-sdk-ng", "4.24.8"],
])("the SDK in %s is the %s that the double was written for", (name, version) => {
  const bundle = readFileSync(require.resolve(name), "utf8");
  const reported = Array.from(bundle.matchAll(/sdkVersion: ?"([\d.]+)"/g), ([, found]) => found);
  expect(new Set(reported)).toEqual(new Set([version]));
});
