import { expect, test } from "vitest";
import { joinProblemOf } from "./join-problem";

const refusal = (desc?: string | string[]) => ({ code: "CAN_NOT_GET_GATEWAY_SERVER", data: { desc, retry: false } });

test.each([
  ["invalid vendor key, can not find appid", "app-unknown"],
  ["invalid token, authorized failed", "token-refused"],
  ["dynamic key expired", "token-refused"],
  ["the request is forbidden in this area", "refused"],
])("%s is %s", (desc, problem) => {
  expect(joinProblemOf(refusal(desc))).toBe(problem);
  expect(joinProblemOf(refusal(["something new", desc]))).toBe(problem);
});

test("a refusal that says no more is a refusal", () => {
  expect(joinProblemOf(refusal())).toBe("refused");
  expect(joinProblemOf({ code: "CAN_NOT_GET_GATEWAY_SERVER" })).toBe("refused");
});

test("what is no refusal is none", () => {
  expect(joinProblemOf({ code: "OPERATION_ABORTED" })).toBeUndefined();
  expect(joinProblemOf(new Error("something else"))).toBeUndefined();
  expect(joinProblemOf(undefined)).toBeUndefined();
});
