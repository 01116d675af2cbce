import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { env, exit, getuid, platform } from "node:process";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";

const SYSTEM_CHROMIUMS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The Chromium that tests and the demo drive: `CHROMIUM_PATH`, else Playwright's own, else the system's.
 *
 * @returns {string | undefined} the path of an executable that exists
 * @throws {Error} when `CHROMIUM_PATH` is set and names nothing
 */
export function findChromium() {
  const asked = env.CHROMIUM_PATH;
  if (asked) {
    if (!existsSync(asked)) throw new Error(`CHROMIUM_PATH is ${asked}, but there is no such file.`);
    return asked;
  }
  return [chromium.executablePath(), ...SYSTEM_CHROMIUMS].find((path) => path && existsSync(path));
}

/**
 * How every test and the demo start Chromium: fake devices, no background traffic, WebRTC over loopback.
 *
 * @param {{ devices?: "fake" | "none" | "no-camera", permission?: "granted" | "denied" }} [options]
 *   `none` is a machine with no devices at all; `denied` refuses every request for one.
 * @returns {{ executablePath?: string, args: string[] }}
 */
export function chromiumLaunchOptions({ devices = "fake", permission = "granted" } = {}) {
  const executablePath = findChromium();
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // A background tab must go on sending and drawing: several people share one browser here.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    // Without it there is no ICE where the only interface is `lo`.
    "--allow-loopback-in-peer-connection",
  ];
  if (devices === "fake") args.push("--use-fake-device-for-media-stream");
  if (devices === "no-camera") args.push("--use-fake-device-for-media-stream=device-count=0");
  args.push(`--use-fake-ui-for-media-stream${permission === "denied" ? "=deny" : ""}`);
  return executablePath ? { executablePath, args } : { args };
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  console.log(`$ ${command} ${args.join(" ")}`);
  return spawnSync(command, args, { stdio: "inherit" }).status === 0;
}

/** Installs a Chromium where that can be done without asking: Debian's as root, else Playwright's own. */
function installChromium() {
  const isDebianRoot = platform === "linux" && getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (isDebianRoot && run("apt-get", ["update", "-qq"]) && run("apt-get", ["install", "-y", "-qq", "chromium"])) return;
  run("npx", ["playwright", "install", "chromium"]);
}

if (fileURLToPath(import.meta.url) === process.argv[1]) {
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
}
