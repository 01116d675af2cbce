import { defineConfig, devices } from "@playwright/test";
import type { Transport } from "./lib/contracts/http";
import type { Topology } from "./lib/contracts/relay";

const isCi = Boolean(process.env.CI);

/**
 * The whole app in a real Chromium, against the built server, the same tests once for each transport. Two cores bear one
 * test at a time. `npm test` runs those on `embedded` that are not tagged `@long`, on `relay` those tagged `@relay` and on `agora`
 * those tagged `@core`; `npm run test:long` runs all, on `direct` as well.
 */
export default defineConfig<object, { transport: Transport; topology: Topology }>({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  workers: 1,
  forbidOnly: isCi,
  reporter: [
    ["list"],
    ["./e2e/conformance/table-reporter.ts"],
    ...(isCi ? ([["html", { open: "never" }]] as const) : []),
  ],
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 760 },
    // No filmstrip in it: to film five pages of moving pictures is work for the same two cores (how much was not measured).
    trace: { mode: "retain-on-failure", screenshots: false },
  },
  projects: [
    // As each room needs: two people are linked directly, more of them by the relay.
    { name: "embedded", use: { transport: "embedded" } },
    // The server as a process has nothing to do with the ways of media, and the conformance suite plays every client itself.
    { name: "direct", use: { transport: "embedded", topology: "direct" }, testIgnore: [/-process/, /conformance/] },
    { name: "relay", use: { transport: "embedded", topology: "relay" }, testIgnore: [/-process/, /conformance/] },
    { name: "agora", use: { transport: "agora" }, testIgnore: [/-process/, /conformance/] },
  ],
});
