import { execFile } from "node:child_process";
import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { agoraSettings } from "./support/agora-network";
import { expect, onlyOn, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";
import { startRecordingProxy } from "./support/recording-proxy";
import { findSecret } from "./support/secret-search";

onlyOn("agora", "there is no certificate otherwise");

/** Where something is, and what it is. */
type Texts = ReadonlyMap<string, string>;

function whereIn(texts: Texts, secret: string): string[] {
  return [...texts].flatMap(([where, text]) => (findSecret(text, secret) === undefined ? [] : [where]));
}

/** What a build holds for browsers: scripts, styles, and pages made beforehand. */
async function filesForBrowsers(build: string): Promise<Texts> {
  const files = await readdir(build, { recursive: true, withFileTypes: true });
  const paths = files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => {
      const place = relative(build, path);
      return (
        place.startsWith(`static${sep}`) || (place.startsWith(`server${sep}`) && /\.(html|rsc|body|meta)$/.test(place))
      );
    });
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path, "latin1")] as const)));
}

test("the certificate reaches no browser: not by the pages, the answers and the events of a call, nor by the build", {
  tag: "@core",
}, async ({ open, room, agora, app }) => {
  const { appId, certificate } = agora.keys;
  const proxy = await startRecordingProxy(app.url);
  try {
    const rohit = await open(ROHIT, { at: { ...app, url: proxy.url } });
    const riya = await open(RIYA);
    await rohit.enter(room);
    await riya.enter(room);
    await rohit.expectSees(riya);
    await rohit.page.reload();
    await rohit.expectSees(riya);

    const inPage = await rohit.page.evaluate(() => ({
      document: document.documentElement.outerHTML,
      cookies: document.cookie,
      storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    }));
    // What is looked at is what it should be: the app id, which is no secret, is in it, and so is who came.
    expect(whereIn(proxy.answers, appId).length).toBeGreaterThan(0);
    expect([...proxy.answers.values()].join()).toContain("event: member-joined");

    const all = new Map([...proxy.answers, ...Object.entries(inPage), ...(await filesForBrowsers(".next"))]);
    expect(whereIn(all, certificate)).toEqual([]);
  } finally {
    await proxy.stop();
  }
});

const BUILD_TIMEOUT_MS = 240_000;
/** Left out of a copy that is to be built. The lock file, so that packages are still looked for above the copy. */
const NOT_COPIED = new Set([
  "node_modules",
  ".git",
  ".next",
  "data",
  "test-results",
  "playwright-report",
  "package-lock.json",
]);

test(
  "a build that is made with the certificate set has it in nothing that browsers get",
  {
    tag: "@long",
  },
  async ({ agora }, testInfo) => {
    test.setTimeout(BUILD_TIMEOUT_MS);
    const root = process.cwd();
    const copy = testInfo.outputPath("copy");
    for (const name of await readdir(root)) {
      if (!NOT_COPIED.has(name)) await cp(join(root, name), join(copy, name), { recursive: true });
    }
    try {
      await promisify(execFile)(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
        cwd: copy,
        env: { ...process.env, NODE_ENV: "production", ...agoraSettings(agora) },
      });
      const files = await filesForBrowsers(join(copy, ".next"));
      expect(files.size).toBeGreaterThan(20);
      expect(whereIn(files, agora.keys.certificate)).toEqual([]);
    } finally {
      await rm(copy, { recursive: true });
    }
  },
);
