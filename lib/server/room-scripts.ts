import "server-only";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { logWarning } from "./log";

const PAGE = "app/room/[room]/page";
const FOLDER = `.next/server/${PAGE}`;

/** What Next's build writes of a page: the files of each of its segments … */
const References = v.object({ entryJSFiles: v.record(v.string(), v.array(v.string())) });
/** … and those of each of its `dynamic()` imports. */
const Imports = v.record(v.string(), v.object({ files: v.array(v.string()) }));

let known: readonly string[] | undefined;

/**
 * The addresses of the scripts that a room's page runs before it shows anything: its own, and what that imports. In development,
 * where they change, there are none.
 */
export function roomScripts(): readonly string[] {
  known ??= process.env.NODE_ENV === "production" ? readManifests() : [];
  return known;
}

function readManifests(): readonly string[] {
  try {
    const { entryJSFiles } = v.parse(References, assigned(read(`${FOLDER}_client-reference-manifest.js`)));
    const imports = Object.values(v.parse(Imports, JSON.parse(read(`${FOLDER}/react-loadable-manifest.json`))));
    const files = [...(entryJSFiles[`[project]/${PAGE}`] ?? []), ...imports.flatMap((each) => each.files)];
    return [...new Set(files)].filter((file) => file.endsWith(".js")).map((file) => `/_next/${file}`);
  } catch (error) {
    logWarning("The build does not say which scripts a room's page runs: they are not fetched ahead.", error);
    return [];
  }
}

function read(file: string): string {
  return readFileSync(join(/* turbopackIgnore: true */ process.cwd(), file), "utf8");
}

/** The manifest is a script that assigns JSON to something. */
function assigned(script: string): unknown {
  const [, json] = /\]\s*=\s*(\{.*\})[;\s]*$/s.exec(script) ?? [];
  return JSON.parse(json ?? "");
}
