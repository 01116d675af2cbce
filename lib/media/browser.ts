/** The browsers that hide a site's permissions in different places. Edge stands for itself; Brave and the like are Chrome. */
export type BrowserName =
  | "chrome"
  | "edge"
  | "chrome-android"
  | "firefox"
  | "firefox-android"
  | "safari"
  | "safari-ios"
  /** Chrome, Firefox, … on an iPhone: their permission is the system's. */
  | "app-ios"
  | "other";

export type SystemName = "windows" | "macos" | "android" | "ios" | "other";

export interface Browser {
  name: BrowserName;
  system: SystemName;
}

export interface BrowserTraits {
  userAgent: string;
  /** An iPad calls itself a Macintosh; no Macintosh has a touch screen. */
  maxTouchPoints: number;
}

/** Tells the browser by what it calls itself: good for saying where to click, and for nothing else. */
export function browserOf({ userAgent, maxTouchPoints }: BrowserTraits): Browser {
  const system = systemOf(userAgent, maxTouchPoints);
  return { system, name: nameOf(userAgent, system) };
}

function systemOf(userAgent: string, maxTouchPoints: number): SystemName {
  if (/iPhone|iPad|iPod/.test(userAgent)) return "ios";
  if (userAgent.includes("Macintosh")) return maxTouchPoints > 1 ? "ios" : "macos";
  if (userAgent.includes("Android")) return "android";
  return userAgent.includes("Windows") ? "windows" : "other";
}

function nameOf(userAgent: string, system: SystemName): BrowserName {
  if (system === "ios") return /CriOS|FxiOS|EdgiOS|OPT\/|DuckDuckGo/.test(userAgent) ? "app-ios" : "safari-ios";
  if (userAgent.includes("Firefox/")) return system === "android" ? "firefox-android" : "firefox";
  // Samsung's browser keeps permissions elsewhere than Chrome.
  if (/SamsungBrowser|OPR\//.test(userAgent)) return "other";
  if (userAgent.includes("Chrome/")) {
    if (system === "android") return "chrome-android";
    return userAgent.includes("Edg/") ? "edge" : "chrome";
  }
  return userAgent.includes("Safari/") && system === "macos" ? "safari" : "other";
}
