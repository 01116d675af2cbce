import { defineConfig, devices } from "@playwright/test";

const isCi = Boolean(process.env.CI);

/** The whole app in a real Chromium, against the built server. Two cores bear one test at a time. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  workers: 1,
  forbidOnly: isCi,
  reporter: isCi ? [["list"], ["html", { open: "never" }]] : "list",
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 760 }, trace: "retain-on-failure" },
  projects: [{ name: "embedded" }],
});
