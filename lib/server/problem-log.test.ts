import { expect, test } from "vitest";
import { ProblemLog } from "./problem-log";

test("a problem is one line in ten minutes, and each problem has its own", () => {
  const lines: string[] = [];
  const log = new ProblemLog((line) => lines.push(line));
  log.note("token-refused", 0);
  log.note("token-refused", 5 * 60_000);
  log.note("app-unknown", 6 * 60_000);
  log.note("token-refused", 10 * 60_000);
  expect(lines.map((line) => line.split(":")[0])).toEqual([
    "Agora refuses this server's tokens",
    "Agora does not know this app id",
    "Agora refuses this server's tokens",
  ]);
});

test("each line names the setting to look at", () => {
  const lines: string[] = [];
  const log = new ProblemLog((line) => lines.push(line));
  log.note("token-refused", 0);
  log.note("app-unknown", 0);
  expect(lines[0]).toContain("AGORA_APP_CERTIFICATE");
  expect(lines[1]).toContain("AGORA_APP_ID");
});
