import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { env } from "node:process";
import { chromium, type LaunchOptions } from "@playwright/test";

const SYSTEM_CHROMIUMS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The Chromium that tests and the demo drive: `CHROMIUM_PATH`, else Playwright's own, else the system's.
 *
 * @returns the path of an executable that exists
 * @throws {Error} when `CHROMIUM_PATH` is set and names nothing
 */
export function findChromium(): string | undefined {
  const asked = env.CHROMIUM_PATH;
  if (asked) {
    if (!existsSync(asked)) throw new Error(`CHROMIUM_PATH is ${asked}, but there is no such file.`);
    return asked;
  }
  return [chromium.executablePath(), ...SYSTEM_CHROMIUMS].find((path) => path && existsSync(path));
}

export interface Machine {
  /** `none`: no camera and no microphone at all. Default: fake ones. */
  devices?: "fake" | "two-cameras" | "none" | "no-camera";
  /**
   * `denied`: every request for a device is refused. `asked`: the browser goes by what the context permits, and a
   * question is closed without an answer. Default: granted, whatever the context permits.
   */
  permission?: "granted" | "denied" | "asked";
  /** `none`: the browser gives pages no WebGL. Default: the processor draws what a graphics card would. */
  graphics?: "software" | "none";
  /** Where names lead instead of where DNS says, in the form of `--host-resolver-rules`. */
  hostRules?: string;
  /** The network namespace that it runs in, as `ip netns` names it, which has real interfaces. Default: the tests' own. */
  namespace?: string;
  /** A browser of this name's own, for what befalls its processes. Default: one that all who are started alike share. */
  apart?: string;
}

/** How every test and the demo start Chromium: fake devices, no background traffic, WebRTC over loopback. */
export function chromiumLaunchOptions({
  devices = "fake",
  permission = "granted",
  graphics = "software",
  hostRules,
  namespace,
}: Machine = {}): LaunchOptions & { args: string[] } {
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
  ];
  // Without it there is no ICE where the only interface is `lo`.
  if (!namespace) args.push("--allow-loopback-in-peer-connection");
  if (devices === "fake") args.push("--use-fake-device-for-media-stream");
  if (devices === "two-cameras") args.push("--use-fake-device-for-media-stream=device-count=2");
  if (devices === "no-camera") args.push("--use-fake-device-for-media-stream=device-count=0");
  if (permission !== "asked") args.push(`--use-fake-ui-for-media-stream${permission === "denied" ? "=deny" : ""}`);
  if (graphics === "none") args.push("--disable-3d-apis");
  if (hostRules) args.push(`--host-resolver-rules=${hostRules}`);
  if (namespace && executablePath) return { ...launchedIn(namespace, executablePath), args };
  return executablePath ? { executablePath, args } : { args };
}

/** Playwright starts one file and puts its own arguments first, so the file is a script that is told the rest by its environment. */
function launchedIn(namespace: string, chromiumPath: string): LaunchOptions {
  return {
    executablePath: resolve("e2e/support/chromium-in-namespace.sh"),
    env: { ...env, MYCHAT_NAMESPACE: namespace, MYCHAT_CHROMIUM: chromiumPath },
  };
}
