import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumLaunchOptions } from "./e2e/support/chromium";
import { relayCommands } from "./lib/server/relay/test-commands";

const root = import.meta.dirname;
const chromium = chromiumLaunchOptions();

/** What browser tests load: what Vite finds only on the way has it load the page anew, in the middle of a test. */
const DEPENDENCIES = [
  "agora-rtc-react",
  "react",
  "react/jsx-dev-runtime",
  "react-dom",
  "react-dom/client",
  "zustand",
  "zustand/react/shallow",
  "zod/mini",
  "eventsource-parser/stream",
  "lucide-react",
  "sonner",
  "@radix-ui/react-dialog",
  "@radix-ui/react-dropdown-menu",
  "@radix-ui/react-toolbar",
];

/** `*.test.ts` run in Node, `*.browser.test.ts` in a real Chromium: WebRTC is never mocked. */
export default defineConfig({
  resolve: {
    alias: {
      "@": root,
      // Throws outside Next by design; here its absence is the point.
      "server-only": `${root}/e2e/support/server-only.ts`,
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          environment: "node",
          include: ["{app,components,db,lib,scripts}/**/*.test.ts", "e2e/**/*.test.ts"],
          // The benchmark's floor app has a build of its own within e2e.
          exclude: ["**/*.browser.test.ts", "**/.next/**"],
        },
      },
      {
        extends: true,
        optimizeDeps: { include: DEPENDENCIES },
        test: {
          name: "browser",
          include: ["{components,lib}/**/*.browser.test.ts"],
          testTimeout: 30_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands: relayCommands,
            provider: playwright({
              // There is nobody to click before a test measures sound.
              launchOptions: { ...chromium, args: [...chromium.args, "--autoplay-policy=no-user-gesture-required"] },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
