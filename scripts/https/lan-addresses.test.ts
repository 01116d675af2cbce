import type { NetworkInterfaceInfo } from "node:os";
import { expect, it } from "vitest";
import { lanAddresses } from "./lan-addresses.mjs";

function ipv4(address: string, internal = false): NetworkInterfaceInfo {
  return { family: "IPv4", address, netmask: "", mac: "", internal, cidr: null };
}

function ipv6(address: string, internal = false): NetworkInterfaceInfo {
  return { family: "IPv6", address, netmask: "", mac: "", internal, cidr: null, scopeid: 0 };
}

it("puts the home's network before containers and VPNs, and leaves out what nobody else can open", () => {
  const found = lanAddresses({
    lo: [ipv4("127.0.0.1", true), ipv6("::1", true)],
    docker0: [ipv4("172.17.0.1")],
    utun3: [ipv4("10.8.0.2")],
    eth0: [ipv4("10.0.0.7"), ipv6("fe80::1"), ipv6("fd00::7")],
    wlan0: [ipv4("192.168.1.5"), ipv4("169.254.3.4")],
  });
  expect(found).toEqual({ ipv4: ["192.168.1.5", "10.0.0.7", "10.8.0.2", "172.17.0.1"], ipv6: ["fd00::7"] });
});

it("finds none without a network", () => {
  expect(lanAddresses({ lo: [ipv4("127.0.0.1", true)] })).toEqual({ ipv4: [], ipv6: [] });
});
