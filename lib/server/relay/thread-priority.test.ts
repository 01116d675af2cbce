import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { getuid } from "node:process";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

/** `nobody`, on Debian and most others. */
const NOBODY = 65_534;

const AUTOGROUP = "/proc/self/autogroup";

/** Here its writing fails, with an error that none expects there. In a mount namespace of the command's own. */
const WITH_A_BROKEN_AUTOGROUP = [
  "unshare",
  "--mount",
  "sh",
  "-c",
  `mount --bind /dev/full /proc/$$/autogroup; exec "$@"`,
  "sh",
];

/** @returns the program that goes first, and says what `asked` is then */
async function program(asked: string): Promise<string> {
  const entry = `import { goFirst } from "./lib/server/relay/thread-priority"; goFirst(); console.log(${asked});`;
  const bundle = await build({
    stdin: { contents: entry, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
  });
  return bundle.outputFiles[0]?.text ?? "";
}

/** Runs it in a process and a session of its own: whatever it sets is theirs. @returns what `asked` is then */
async function afterGoingFirst(asked: string, { uid, by = [] }: { uid?: number; by?: string[] } = {}): Promise<string> {
  const [command = "", ...args] = [...by, process.execPath, "-e", await program(asked)];
  const child = spawn(command, args, { cwd: "/", detached: true, ...(uid === undefined ? {} : { uid }) });
  const [out, problems] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return out.trim() || problems;
}

describe.runIf(process.platform === "linux" && getuid?.() === 0)("as root, and where it may not", () => {
  it("takes precedence for the thread", async () => {
    const asked = 'require("os").getPriority()';
    expect(await afterGoingFirst(asked)).toBe("-14");
    expect(await afterGoingFirst(asked, { uid: NOBODY })).toBe("0");
  });

  it.runIf(existsSync(AUTOGROUP))("takes precedence for the session, which Linux shares between first", async () => {
    const asked = `require("fs").readFileSync("${AUTOGROUP}", "utf8")`;
    expect(await afterGoingFirst(asked)).toMatch(/nice -7$/);
    expect(await afterGoingFirst(asked, { uid: NOBODY })).toMatch(/nice 0$/);
  });

  it.runIf(existsSync(AUTOGROUP) && spawnSync("unshare", ["--mount", "true"]).status === 0)(
    "goes on whatever the system answers",
    async () => {
      const asked = 'require("os").getPriority()';
      expect(await afterGoingFirst(asked, { by: WITH_A_BROKEN_AUTOGROUP })).toBe("-14");
    },
  );
});
