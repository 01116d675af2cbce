import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { exit, getuid, platform } from "node:process";
import { findChromium } from "./support/chromium";

/** Sees to it that there is a Chromium before tests and the demo: finds one, installs one, or says what to do. */
if (!findChromium()) installChromium();
const found = findChromium();
if (!found) {
  console.error(
    "No Chromium was found and none could be installed. Install Chromium or Google Chrome, " +
      "or set CHROMIUM_PATH to the executable, then run the command again.",
  );
  exit(1);
}
console.log(`Chromium: ${found}`);

/** Where that can be done without asking: Debian's own as root, else Playwright's. */
function installChromium(): void {
  const isDebianRoot = platform === "linux" && getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (isDebianRoot && run("apt-get", ["update", "-qq"]) && run("apt-get", ["install", "-y", "-qq", "chromium"])) return;
  run("npx", ["playwright", "install", "chromium"]);
}

function run(command: string, args: string[]): boolean {
  console.log(`$ ${command} ${args.join(" ")}`);
  return spawnSync(command, args, { stdio: "inherit" }).status === 0;
}
