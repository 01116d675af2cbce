import { defineConfig, devices } from "@playwright/test";

/** A call of an hour: `npm run soak:call`, with `MINUTES` for another length. */
export default defineConfig({
  testDir: "soak",
  testMatch: "*.soak.ts",
  workers: 1,
  reporter: "list",
  expect: { timeout: 30_000 },
  use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 760 }, trace: "off" },
});
