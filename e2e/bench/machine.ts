import { arch, cpus, platform, totalmem } from "node:os";
import { chromium } from "@playwright/test";
import nextPackage from "next/package.json" with { type: "json" };
import { chromiumLaunchOptions } from "@/e2e/support/chromium";

/** Where figures were measured: what matters for them, and nothing by which the machine could be told. */
export interface Machine {
  /** In words, by UTC. */
  date: string;
  cores: number;
  memoryGib: number;
  system: string;
  node: string;
  chromium: string;
  next: string;
}

export async function describeMachine(): Promise<Machine> {
  const browser = await chromium.launch(chromiumLaunchOptions());
  const version = browser.version();
  await browser.close();
  return {
    date: `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.version,
    chromium: version,
    next: nextPackage.version,
  };
}
