import { spawnSync } from "node:child_process";
import { getuid } from "node:process";
import { build } from "esbuild";
import { expect, it } from "vitest";

/** `nobody`, on Debian and most others. */
const NOBODY = 65_534;

/** Runs it in a process of its own: whatever it sets is that one's. @returns what its thread's priority is then */
async function priorityAs(uid?: number): Promise<string> {
  const entry =
    'import { goFirst } from "./lib/server/relay/thread-priority"; goFirst(); console.log(require("os").getPriority());';
  const bundle = await build({
    stdin: { contents: entry, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
  });
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", bundle.outputFiles[0]?.text ?? ""], {
    encoding: "utf8",
    cwd: "/",
    ...(uid === undefined ? {} : { uid }),
  });
  return stdout.trim() || stderr;
}

it.runIf(process.platform === "linux" && getuid?.() === 0)(
  "takes precedence as root, and goes on without where it may not",
  async () => {
    expect(await priorityAs()).toBe("-14");
    expect(await priorityAs(NOBODY)).toBe("0");
  },
);
