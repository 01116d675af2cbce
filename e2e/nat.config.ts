import { defineConfig, devices } from "@playwright/test";

/** People behind routers, in networks of their own that the tests lay: `npm run test:nat`. */
export default defineConfig({
  testDir: "nat",
  testMatch: "*.nat.ts",
  workers: 1,
  reporter: "list",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 760 },
    trace: { mode: "retain-on-failure", screenshots: false },
  },
});
