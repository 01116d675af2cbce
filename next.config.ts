import type { NextConfig } from "next";

/** Headers for every answer. */
const headersOfAll = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  // No other site takes anything of this one into its own process.
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

/**
 * And what a browser heeds in a document alone: with each of a page's scripts it would be most of a kilobyte for nothing. The content
 * security policy has a nonce in it and is set per request in `proxy.ts`.
 */
const headersOfDocuments = [
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: permissionsPolicy() },
  // Another site's page that opens this one has no hold on its window.
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** What a call needs, for this page alone; nothing else that asks a person, or tells of their machine. */
function permissionsPolicy(): string {
  const own = [
    "autoplay",
    "camera",
    "display-capture",
    "fullscreen",
    "microphone",
    "picture-in-picture",
    "screen-wake-lock",
    "speaker-selection",
    "web-share",
  ];
  const off = [
    "accelerometer",
    "bluetooth",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "usb",
    "xr-spatial-tracking",
  ];
  return [...own.map((feature) => `${feature}=(self)`), ...off.map((feature) => `${feature}=()`)].join(", ");
}

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // No page has to look for its title: none is sent without it, to be given it a moment later.
  htmlLimitedBots: /.*/,
  // A native module, and two that find their own files or are one for the whole process: required at run time, never bundled.
  serverExternalPackages: ["better-sqlite3", "pino", "prom-client"],
  headers: () =>
    Promise.resolve([
      { source: "/:path*", headers: headersOfAll },
      { source: "/((?!_next/static/).*)", headers: headersOfDocuments },
    ]),
};

export default config;
