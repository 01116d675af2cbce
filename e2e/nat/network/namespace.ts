import { existsSync } from "node:fs";
import { run } from "./command";

/** Names begin with it, and with the process that made them: what a run that was killed left behind is told apart. */
const PREFIX = "mychat-nat";

/** One computer of the test's network: it has interfaces, routes and a firewall of its own (network_namespaces(7)). */
export class Namespace {
  readonly name: string;

  constructor(role: string) {
    this.name = `${PREFIX}-${process.pid}-${role}`;
    run("ip", ["netns", "add", this.name]);
    this.run("ip", "link", "set", "lo", "up");
    // One kind of address is enough to see who reaches whom, and nothing is sent that no test asked for.
    this.set("net.ipv6.conf.all.disable_ipv6", 1);
  }

  /** Runs a command on this computer. */
  run(command: string, ...args: string[]): string {
    return run("ip", ["netns", "exec", this.name, command, ...args]);
  }

  /** Sets a switch of the kernel's (sysctl). */
  set(name: string, value: number): void {
    this.run("sh", "-c", `echo ${value} > /proc/sys/${name.replaceAll(".", "/")}`);
  }

  /** Gives it an nftables ruleset in the place of the one it has. */
  setFirewall(ruleset: string): void {
    run("ip", ["netns", "exec", this.name, "nft", "-f", "-"], `flush ruleset\n${ruleset}`);
  }

  /** Lays a cable from an interface here to one of another computer. */
  connect(own: string, other: Namespace, theirs: string): void {
    run("ip", ["-n", this.name, "link", "add", own, "type", "veth", "peer", "name", theirs, "netns", other.name]);
    this.run("ip", "link", "set", own, "up");
    other.run("ip", "link", "set", theirs, "up");
  }

  /** @param address with the length of its network, as in `192.0.2.1/24` */
  setAddress(device: string, address: string): void {
    this.run("ip", "address", "flush", "dev", device);
    this.run("ip", "address", "add", address, "dev", device);
  }

  /** Ends all that runs here, and takes it away with its cables. */
  remove(): void {
    removeNamespace(this.name);
  }
}

/** Takes away the namespaces of runs that are over, of which only a killed one leaves any. */
export function removeLeftovers(): void {
  for (const [, name = "", pid = ""] of run("ip", ["netns", "list"]).matchAll(/^(mychat-nat-(\d+)-\S+)/gm)) {
    if (!existsSync(`/proc/${pid}`)) removeNamespace(name);
  }
}

function removeNamespace(name: string): void {
  const pids = run("ip", ["netns", "pids", name]).split("\n").filter(Boolean);
  for (const pid of pids) killIfThere(Number(pid));
  run("ip", ["netns", "delete", name]);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
