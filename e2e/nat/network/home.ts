import { run } from "./command";
import { Namespace } from "./namespace";
import { type Nat, routerRuleset } from "./nat";

/** A network of someone's own: one computer, in which their browser runs, behind a router. */
export class Home {
  readonly computer: Namespace;
  readonly router: Namespace;
  readonly #nat: Nat;
  readonly #network: string;
  #isUdpBlocked = false;

  /** @param number tells homes apart: the network inside is 192.168.NUMBER.0/24 */
  constructor(number: number, nat: Nat) {
    this.#nat = nat;
    this.#network = `192.168.${number}`;
    this.computer = new Namespace(`home${number}`);
    this.router = new Namespace(`router${number}`);
    this.computer.connect("eth", this.router, "lan");
    this.router.setAddress("lan", `${this.#network}.1/24`);
    this.router.set("net.ipv4.ip_forward", 1);
    this.#setRules();
    this.setAddress(2);
  }

  /** @param host the last part of the computer's address */
  setAddress(host: number): void {
    this.computer.setAddress("eth", `${this.#network}.${host}/24`);
    this.computer.run("ip", "route", "replace", "default", "via", `${this.#network}.1`);
  }

  /** As when a laptop goes to another network: the cable is out, and in again with another address. */
  moveTo(host: number): void {
    this.computer.run("ip", "link", "set", "eth", "down");
    this.computer.run("ip", "link", "set", "eth", "up");
    this.setAddress(host);
  }

  blockUdp(): void {
    this.#isUdpBlocked = true;
    this.#setRules();
  }

  /** What comes to the computer comes through this narrow a downlink, or as fast as it can (`null`). */
  setDownlink(kilobitsPerSecond: number | null): void {
    const { name } = this.router;
    if (kilobitsPerSecond === null) run("tc", ["-n", name, "qdisc", "delete", "dev", "lan", "root"]);
    // What is too much waits for 200 ms at most, as in many a home's router, and is lost then.
    else
      run("tc", [
        "-n",
        name,
        ...`qdisc replace dev lan root tbf rate ${kilobitsPerSecond}kbit burst 4kb latency 200ms`.split(" "),
      ]);
  }

  remove(): void {
    this.computer.remove();
    this.router.remove();
  }

  #setRules(): void {
    this.router.setFirewall(routerRuleset(this.#nat, this.#isUdpBlocked));
  }
}
