import { RtcRole, RtcTokenBuilder } from "agora-token";
import * as v from "valibot";
import { expect, test } from "vitest";
import { RoomName, Uid } from "@/lib/contracts/identifiers";
import { type TokenKind, Tokens } from "@/lib/server/tokens";
import { checkToken } from "./tokens";

const KEYS = { appId: "0123456789abcdef0123456789abcdef", certificate: "fedcba9876543210fedcba9876543210" };
const CLAIM = { appId: KEYS.appId, channel: "MAIN", uid: 4_294_967_295 };
const NOW_SECONDS = Math.floor(Date.now() / 1000);

function mint(kind: TokenKind = "join", keys = KEYS): string {
  const claims = { room: v.parse(RoomName, CLAIM.channel), uid: v.parse(Uid, CLAIM.uid), kind };
  return new Tokens(keys).mint(claims, 600).token;
}

/** Agora's own maker of tokens, which this app does not use. */
function builtByAgora(uid: number | string, joinSeconds = 600, privilegeSeconds = 600): string {
  const { appId, certificate } = KEYS;
  return RtcTokenBuilder.buildTokenWithUid(
    appId,
    certificate,
    CLAIM.channel,
    uid,
    RtcRole.PUBLISHER,
    joinSeconds,
    privilegeSeconds,
  );
}

test("this app's join token is let in, until its end", () => {
  const check = checkToken(mint(), CLAIM, KEYS);
  expect(check.isValid).toBe(true);
  if (check.isValid) expect(Math.abs(check.expiresAtSeconds - NOW_SECONDS - 600)).toBeLessThan(5);
});

test("so is one made by Agora's own builder, for one uid or for everyone", () => {
  expect(checkToken(builtByAgora(CLAIM.uid), CLAIM, KEYS)).toMatchObject({ isValid: true });
  expect(checkToken(builtByAgora(0), CLAIM, KEYS)).toMatchObject({ isValid: true });
});

test("a token ends with its privilege to join, where that ends first", () => {
  const check = checkToken(builtByAgora(CLAIM.uid, 600, 60), CLAIM, KEYS, NOW_SECONDS + 120);
  expect(check).toEqual({ isValid: false, problem: "expired" });
});

test.each([
  ["another room", { ...CLAIM, channel: "OTHER" }],
  ["another uid", { ...CLAIM, uid: 1 }],
  ["no uid at all", { ...CLAIM, uid: 0 }],
])("a join token for %s is refused", (_what, claim) => {
  expect(checkToken(mint(), claim, KEYS)).toEqual({ isValid: false, problem: "invalid" });
});

test("an app id that is not known is told apart from a bad token", () => {
  const claim = { ...CLAIM, appId: "f".repeat(32) };
  expect(checkToken(mint(), claim, KEYS)).toEqual({ isValid: false, problem: "unknown-app" });
});

test("a lobby token joins nothing", () => {
  expect(checkToken(mint("lobby"), CLAIM, KEYS)).toEqual({ isValid: false, problem: "invalid" });
});

test("one signed with another certificate is refused", () => {
  const forged = mint("join", { ...KEYS, certificate: "0".repeat(32) });
  expect(checkToken(forged, CLAIM, KEYS)).toEqual({ isValid: false, problem: "invalid" });
});

test("an expired one is refused as such", () => {
  expect(checkToken(mint(), CLAIM, KEYS, NOW_SECONDS + 599)).toMatchObject({ isValid: true });
  expect(checkToken(mint(), CLAIM, KEYS, NOW_SECONDS + 601)).toEqual({ isValid: false, problem: "expired" });
});

test("what is no token is refused", () => {
  for (const text of ["", "007", "006abc", `007${"A".repeat(400)}`, mint().slice(0, -9)]) {
    expect(checkToken(text, CLAIM, KEYS)).toEqual({ isValid: false, problem: "invalid" });
  }
});
