import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { exit, getuid, platform } from "node:process";
import { removeLeftovers } from "./network/namespace";

/** Sees to it that networks can be laid on this computer before the tests: installs what is missing, or says what to do. */
const NEEDED = [
  { program: "ip", of: "iproute2" },
  { program: "nft", of: "nftables" },
  { program: "conntrack", of: "conntrack" },
  { program: "turnserver", of: "coturn" },
  { program: "socat", of: "socat" },
];

if (platform !== "linux") refuse("It lays networks as only Linux can.");
if (getuid?.() !== 0) refuse("Only root may lay networks: run it with sudo.");
const missing = NEEDED.filter(({ program }) => !isThere(program)).map(({ of }) => of);
if (missing.length > 0) install(missing);
const probe = spawnSync("unshare", ["--net", "true"], { encoding: "utf8" });
if (probe.status !== 0) refuse(`This computer lets nobody lay networks: ${probe.stderr.trim()}.`);
removeLeftovers();

function install(packages: string[]): void {
  const isInstalled =
    existsSync("/etc/debian_version") &&
    run("apt-get", ["update", "-qq"]) &&
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages]);
  if (!isInstalled)
    refuse(`Programs are missing, and only on Debian it can install them by itself: ${packages.join(", ")}.`);
}

function isThere(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

function run(command: string, args: string[]): boolean {
  console.log(`$ ${command} ${args.join(" ")}`);
  return spawnSync(command, args, { stdio: "inherit" }).status === 0;
}

function refuse(reason: string): never {
  console.error(`npm run test:nat can't be run here. ${reason}`);
  exit(1);
}
