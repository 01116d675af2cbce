import type { Browser, SystemName } from "./browser";
import type { DeviceKind, DeviceProblem } from "./device-problem";

/** What is wrong, what to do about it, and what a button can do. */
export interface DeviceStatement {
  kinds: readonly DeviceKind[];
  text: string;
  help: string;
  /** Tries again; `null` where that can't help, or happens by itself. */
  action: "Allow" | "Try again" | "Turn on without blur" | null;
}

/** What is wrong with the devices, for a person: said once for both where they failed for the same reason. */
export function deviceStatements(
  problems: { microphone: DeviceProblem | null; camera: DeviceProblem | null },
  browser: Browser,
): DeviceStatement[] {
  const { microphone, camera } = problems;
  if (microphone && microphone === camera) return [statementOf(["camera", "microphone"], microphone, browser)];
  return [
    ...(camera ? [statementOf(["camera"], camera, browser)] : []),
    ...(microphone ? [statementOf(["microphone"], microphone, browser)] : []),
  ];
}

function statementOf(kinds: readonly DeviceKind[], problem: DeviceProblem, browser: Browser): DeviceStatement {
  const isBoth = kinds.length > 1;
  const it = isBoth ? "them" : "it";
  const The = isBoth ? "Camera and microphone" : `The ${kinds[0]}`;
  const [are, need] = isBoth ? ["are", "need"] : ["is", "needs"];
  const Names = isBoth ? "Camera and Microphone" : kinds[0] === "camera" ? "Camera" : "Microphone";
  const statement = (text: string, help: string, action: DeviceStatement["action"]) => ({ kinds, text, help, action });

  switch (problem) {
    case "refused":
      return statement(`${The} ${are} blocked for this page.`, whereToAllow(Names, browser), "Try again");
    case "unanswered":
      return statement(`${The} ${need} your permission.`, `The browser asks for ${it} once more.`, "Allow");
    case "system":
      return statement(
        `This device's settings keep ${isBoth ? "camera and microphone" : `the ${kinds[0]}`} from the browser.`,
        whereTheSystemAllows(Names, browser.system),
        "Try again",
      );
    case "policy":
      return statement(
        `The site that shows this page keeps ${isBoth ? "camera and microphone" : `the ${kinds[0]}`} from it.`,
        "Open the room's link in a tab of its own, or tell whoever runs the site.",
        null,
      );
    case "insecure":
      return statement(
        `Browsers give ${isBoth ? "camera and microphone" : `the ${kinds[0]}`} only to pages opened over HTTPS or on localhost.`,
        "Whoever runs this server can start it with `npm run start:https`.",
        null,
      );
    case "missing":
      return statement(
        isBoth ? "No camera and no microphone were found." : `No ${kinds[0]} was found.`,
        isBoth ? "Connect them, and they turn on by themselves." : "Connect one, and it turns on by itself.",
        null,
      );
    case "lost":
      return statement(
        `${The} ${isBoth ? "were" : "was"} unplugged, and there is no other.`,
        isBoth ? "Connect them again, and they come back by themselves." : "Connect one, and it comes back by itself.",
        null,
      );
    case "busy":
      return statement(
        `${The} can't be opened: another program may be using ${it}.`,
        "Close that program, then try again.",
        "Try again",
      );
    case "blur-slow":
      return statement("This device is too slow to blur your background.", UNSEEN, "Turn on without blur");
    case "blur-failed":
      return statement("Your background can't be blurred here just now.", UNSEEN, "Turn on without blur");
    case "failed":
      return statement(`${The} could not be started.`, "Try again, or choose another one in the menu.", "Try again");
  }
}

const UNSEEN = "The camera is off, so that nobody sees your room.";

/** Where to click in this browser, in its own words. */
function whereToAllow(names: string, { name }: Browser): string {
  switch (name) {
    case "chrome":
      return `Click the icon left of the address and turn on ${names}.`;
    case "edge":
      return `Click the lock left of the address and allow ${names}.`;
    case "chrome-android":
      return `Tap the icon left of the address, then Permissions, and allow ${names}.`;
    case "firefox":
      return `Click the crossed-out symbol left of the address, remove the block on ${names}, then try again.`;
    case "firefox-android":
      return `Tap the lock left of the address, allow ${names}, then try again.`;
    case "safari":
      return `In the menu Safari, under Settings for This Website…, set ${names} to Allow.`;
    case "safari-ios":
      return `Tap the symbol at the left of the address, then Website Settings, and set ${names} to Allow.`;
    case "app-ios":
      return `Open the Settings app, find this browser among the apps and turn on ${names}.`;
    case "other":
      return `Allow ${names} in this site's permissions, beside the address.`;
  }
}

/** Where the operating system has the last word. */
function whereTheSystemAllows(names: string, system: SystemName): string {
  switch (system) {
    case "macos":
      return `Open System Settings, Privacy & Security, ${names}, and turn on this browser.`;
    case "windows":
      return `Open Settings, Privacy & security, ${names}, and allow desktop apps.`;
    case "android":
      return `Open Settings, Apps, this browser, Permissions, and allow ${names}.`;
    case "ios":
      return `Open the Settings app, find this browser among the apps and turn on ${names}.`;
    case "other":
      return `Allow ${names} for this browser in the system's settings.`;
  }
}
