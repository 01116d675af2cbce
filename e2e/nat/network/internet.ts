import { type AppServer, startAppServer } from "@/e2e/support/app-server";
import { run } from "./command";
import { Home } from "./home";
import { Namespace } from "./namespace";
import type { Nat } from "./nat";
import { type TurnOptions, TurnServer } from "./turn-server";
import { Wire } from "./wire";

/** Addresses for documentation (RFC 5737): no packet of theirs can stray anywhere. */
const addressOf = (host: number) => `203.0.113.${host}`;

const GATEWAY_HOST = 1;
const APP_HOST = 10;
const TURN_HOST = 20;
const FIRST_ROUTER_HOST = 100;
const OTHER_ROUTER_HOST = 200;

/** The public internet of a test: one network with a switch, to which servers and homes are connected. */
export class Internet {
  readonly #switch = new Namespace("switch");
  readonly #computers: Namespace[] = [];
  readonly #homes: Home[] = [];
  readonly #wires: Wire[] = [];
  readonly #servers: Array<{ stop(): Promise<void> }> = [];

  constructor() {
    run("ip", ["-n", this.#switch.name, "link", "add", "bridge", "up", "type", "bridge"]);
    this.#switch.setAddress("bridge", `${addressOf(GATEWAY_HOST)}/24`);
    process.once("exit", this.#removeAtExit);
  }

  /** The app as built, over HTTPS, for browsers give cameras to no other pages. */
  async startApp(env: Record<string, string>): Promise<AppServer> {
    const computer = this.#addComputer("app", APP_HOST);
    const server = await startAppServer({
      isHttps: true,
      hostname: addressOf(APP_HOST),
      port: 3443,
      namespace: computer.name,
      env,
    });
    this.#servers.push(server);
    return server;
  }

  /** Debian's coturn, on a computer of its own. */
  async startTurn(options: TurnOptions): Promise<TurnServer> {
    const computer = this.#addComputer("turn", TURN_HOST);
    const server = await TurnServer.start(computer, addressOf(TURN_HOST), options);
    this.#servers.push(server);
    return server;
  }

  addHome(nat: Nat): Home {
    const home = this.#newHome(nat);
    this.#plugIn(home.router, "wan");
    this.#setAddress(home.router, "wan", FIRST_ROUTER_HOST + this.#homes.length);
    return home;
  }

  /** A home whose way to the internet can be made slow and lossy. */
  async addRemoteHome(nat: Nat): Promise<{ home: Home; wire: Wire }> {
    const home = this.#newHome(nat);
    const wire = await Wire.lay(`mcnat${this.#homes.length}`);
    this.#wires.push(wire);
    const [inside, outside] = wire.devices;
    run("ip", ["link", "set", inside, "name", "wan", "netns", home.router.name]);
    home.router.run("ip", "link", "set", "wan", "up");
    run("ip", ["link", "set", outside, "netns", this.#switch.name]);
    this.#switch.run("ip", "link", "set", outside, "master", "bridge", "up");
    this.#setAddress(home.router, "wan", FIRST_ROUTER_HOST + this.#homes.length);
    return { home, wire };
  }

  /** As providers do at night: the router has another address, and what it let through until now it does not know any more. */
  giveOtherAddress({ router }: Home): void {
    this.#setAddress(router, "wan", OTHER_ROUTER_HOST);
    router.run("conntrack", "--flush");
  }

  async remove(): Promise<void> {
    for (const server of this.#servers) await server.stop();
    process.off("exit", this.#removeAtExit);
    this.#removeAtExit();
  }

  #newHome(nat: Nat): Home {
    const home = new Home(this.#homes.length + 1, nat);
    this.#homes.push(home);
    return home;
  }

  #addComputer(role: string, host: number): Namespace {
    const computer = new Namespace(role);
    this.#computers.push(computer);
    this.#plugIn(computer, "eth");
    this.#setAddress(computer, "eth", host);
    return computer;
  }

  /** What is for addresses that are nowhere here is lost at the gateway without a word, as it is in the internet at large. */
  #setAddress(computer: Namespace, device: string, host: number): void {
    computer.setAddress(device, `${addressOf(host)}/24`);
    computer.run("ip", "route", "replace", "default", "via", addressOf(GATEWAY_HOST));
  }

  #plugIn(computer: Namespace, device: string): void {
    const port = `port${this.#computers.length}-${this.#homes.length}`;
    computer.connect(device, this.#switch, port);
    this.#switch.run("ip", "link", "set", port, "master", "bridge");
  }

  readonly #removeAtExit = (): void => {
    for (const wire of this.#wires) wire.remove();
    for (const part of [...this.#homes, ...this.#computers, this.#switch]) part.remove();
  };
}
