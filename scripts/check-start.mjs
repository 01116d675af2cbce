// @ts-check
import { existsSync } from "node:fs";

/**
 * Before either start. Next listens before any code of the app runs, fails on a wrong PORT without naming it, and says at
 * length that there is no build.
 */
const port = process.env.PORT?.trim();
if (port && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
  refuse("PORT must be a whole number from 0 to 65535.");
}
if (!existsSync(".next/BUILD_ID")) {
  refuse("It is not built yet: run npm run build first.");
}

/** @param {string} reason */
function refuse(reason) {
  console.error(`MyChat can't start.\n${reason}`);
  process.exit(1);
}
