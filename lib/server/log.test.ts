import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RoomName, Uid } from "@/lib/contracts/identifiers";
import { logNotice, logWarning, makeLogger, setLogFormat } from "./log";
import { Tokens } from "./tokens";

const { token } = new Tokens({ appId: "a".repeat(32), certificate: "b".repeat(32) }).mint(
  { room: v.parse(RoomName, "MAIN"), uid: v.parse(Uid, 1), kind: "join" },
  600,
);

describe("as text", () => {
  const lines: string[] = [];
  const take = (line: string) => void lines.push(line);
  beforeEach(() => {
    lines.length = 0;
    setLogFormat("text");
    vi.spyOn(console, "log").mockImplementation(take);
    vi.spyOn(console, "error").mockImplementation(take);
  });
  afterEach(() => vi.restoreAllMocks());

  it("a notice is a sentence on stdout, a warning one on stderr with its cause below", () => {
    logNotice("All is well.");
    expect(console.log).toHaveBeenCalledWith("[mychat] All is well.");
    logWarning("It failed.", new Error("for a reason"));
    expect(lines[1]).toMatch(/^\[mychat\] It failed\.\n {4}Error: for a reason\n {4}at /);
    expect(console.error).toHaveBeenCalledTimes(1);
  });

  it("nothing in an error passes for a line of its own, or moves the cursor", () => {
    logWarning("It failed.\n[mychat] All is well.", new Error("x\n[mychat] All is well.\r\u001b[2J\u0085\u2028y"));
    const printed = lines.join("\n").split(/[\n\r\u0085\u2028]/);
    expect(printed.filter((line) => line.startsWith("[mychat]"))).toHaveLength(1);
    expect(printed.join()).toContain("\\u000d\\u001b[2J\\u0085\\u2028y");
  });

  it("no token is in it, wherever it came from", () => {
    logWarning(`A call with ${token} failed.`, new Error(`authorization: Bearer abc.def-${"x".repeat(9)}, ${token}`));
    expect(lines.join()).not.toMatch(/007e|abc\.def/);
    expect(lines.join()).toContain("A call with [token] failed.");
  });
});

describe("as JSON", () => {
  const write = (log: (logger: ReturnType<typeof makeLogger>) => void): string => {
    let written = "";
    log(makeLogger("json", (line) => (written += line)));
    return written;
  };

  it("each line is an object with time, level, sentence and cause", () => {
    const line = write((logger) => logger.warn({ err: new Error("x\ny"), route: "/api/token" }, "It failed."));
    expect(line.endsWith("}\n")).toBe(true);
    expect(line.match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(line)).toMatchObject({
      level: "warn",
      time: expect.stringMatching(/^\d{4}-.+Z$/),
      msg: "It failed.",
      route: "/api/token",
      err: { type: "Error", message: "x\ny" },
    });
  });

  it("no token is in it: neither as a header, nor in a text, nor under its name", () => {
    const secret = "s3cret-value";
    const line = write((logger) =>
      logger.warn(
        {
          authorization: secret,
          request: { headers: { authorization: secret } },
          token: secret,
          err: new Error(token),
        },
        `Bearer ${secret}`,
      ),
    );
    expect(line).not.toContain(secret);
    expect(line).not.toContain(token);
  });
});
