import { expect, test } from "vitest";
import { findSecret } from "./secret-search";

const SECRET = "5ca1ab1e0ddba11fee1dead0badcab1e";
const base64 = (text: string) => Buffer.from(text).toString("base64");

test.each([
  ["as it is", `{"certificate":"${SECRET}"}`],
  ["in capitals", SECRET.toUpperCase()],
  ["in base64", base64(SECRET)],
  ["in base64, after one letter", base64(`x${SECRET}yz`)],
  ["in base64, after two letters", base64(`xy${SECRET}z`)],
  ["in base64 of a JSON", base64(JSON.stringify({ appId: "1", certificate: SECRET }))],
  ["as base64 of its bytes", Buffer.from(SECRET, "hex").toString("base64")],
  ["as base64url of its bytes", Buffer.from(`00${SECRET}00`, "hex").toString("base64url")],
])("a secret is found %s", (_how, text) => {
  expect(findSecret(text, SECRET)).toBeDefined();
});

test("another is not", () => {
  expect(findSecret(`${SECRET.replace("5", "6")} ${base64("anything else")}`, SECRET)).toBeUndefined();
});
