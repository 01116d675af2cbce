import { describe, expect, it } from "vitest";
import { withReadablePath } from "./prepare-requests";

describe("a path with a malformed percent-encoding", () => {
  it("is taken as it stands, and any other is left alone", () => {
    expect(withReadablePath("/api/rooms/%E0%A4%A/events?x=%")).toBe("/api/rooms/%25E0%25A4%25A/events?x=%");
    expect(withReadablePath("/room/%C3%84?a?b")).toBe("/room/%C3%84?a?b");
  });
});
