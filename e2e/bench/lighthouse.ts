import { spawnSync } from "node:child_process";
import { env } from "node:process";
import * as v from "valibot";
import { findChromium } from "@/e2e/support/chromium";

const Report = v.object({
  categories: v.object({ performance: v.object({ score: v.number() }) }),
});

/** It fails now and then by itself ("Please run Lighthouse again", NO_NAVSTART). */
const ATTEMPTS = 3;

/**
 * Lighthouse as installed elsewhere: it is no part of this project, for something below it depends on a moving tag, which
 * `npm ci` refuses when that moves. `LIGHTHOUSE` names its executable.
 */
export class LighthouseRunner {
  readonly version: string;
  readonly #executable: string;

  private constructor(executable: string) {
    this.#executable = executable;
    this.version = this.#run(["--version"]).trim();
  }

  static find(): LighthouseRunner | undefined {
    return env.LIGHTHOUSE ? new LighthouseRunner(env.LIGHTHOUSE) : undefined;
  }

  /** @returns the score for performance, 0 to 100 @throws {Error} with what Lighthouse printed */
  performance(url: string, form: "mobile" | "desktop"): number {
    const output = this.#run([
      url,
      "--quiet",
      "--output=json",
      "--only-categories=performance",
      "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
      ...(form === "desktop" ? ["--preset=desktop"] : []),
    ]);
    return Math.round(v.parse(Report, JSON.parse(output)).categories.performance.score * 100);
  }

  #run(args: string[], attempt = 1): string {
    const { status, stdout, stderr } = spawnSync(this.#executable, args, {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      env: { ...env, CHROME_PATH: findChromium() },
    });
    if (status === 0) return stdout;
    if (attempt === ATTEMPTS) throw new Error(`Lighthouse failed:\n${stdout}${stderr}`);
    return this.#run(args, attempt + 1);
  }
}
