import { defineConfig } from "@playwright/test";

/** Only the story is told: what the demo prints, and an error if there is one. */
export default defineConfig({
  testMatch: "demo.ts",
  workers: 1,
  reporter: "dot",
  expect: { timeout: 20_000 },
});
