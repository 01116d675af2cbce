import type { NextConfig } from "next";

/** Headers for every answer; the content security policy has a nonce in it and is set per request in `proxy.ts`. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: permissionsPolicy() },
  // Another site's page that opens this one has no hold on its window, and can't take its files into its own process.
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
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
  // A native module, and two that find their own files or are one for the whole process: required at run time, never bundled.
  serverExternalPackages: ["better-sqlite3", "pino", "prom-client"],
  headers: () => Promise.resolve([{ source: "/:path*", headers: securityHeaders }]),
};

export default config;
