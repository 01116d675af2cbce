import "server-only";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { logWarning } from "./log";

/** What Next's build writes of a page's `dynamic()` imports: the files of each. */
const Manifest = z.record(z.string(), z.object({ files: z.array(z.string()) }));

const MANIFEST = ".next/server/app/room/[room]/page/react-loadable-manifest.json";

let known: readonly string[] | undefined;

/**
 * The addresses of the call's own scripts, which a room's page imports once it runs: too late for a browser to find them by
 * itself. In development, where they change, there are none.
 */
export function roomScripts(): readonly string[] {
  known ??= process.env.NODE_ENV === "production" ? readManifest() : [];
  return known;
}

function readManifest(): readonly string[] {
  try {
    const text = readFileSync(join(/* turbopackIgnore: true */ process.cwd(), MANIFEST), "utf8");
    const files = Object.values(Manifest.parse(JSON.parse(text))).flatMap((entry) => entry.files);
    return files.filter((file) => file.endsWith(".js")).map((file) => `/_next/${file}`);
  } catch (error) {
    logWarning("The build does not say what a room's page imports: it is not fetched ahead.", error);
    return [];
  }
}
