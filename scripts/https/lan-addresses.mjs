// @ts-check
import { networkInterfaces } from "node:os";

/** Interfaces of containers, virtual machines and VPNs: other devices seldom reach this computer by them. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|utun|tun|tap|wg|tailscale|zt)/i;

/** Home and office networks first; 172.16.0.0/12 is most often a container's. */
const PRIVATE_RANGES = [/^192\.168\./, /^10\./, /^172\.(1[6-9]|2\d|3[01])\./];

/**
 * The addresses that others in the network may reach this computer by, the likeliest first. Link-local ones are left out:
 * no browser opens an address with a zone in it.
 *
 * @param {ReturnType<typeof networkInterfaces>} interfaces
 * @returns {{ ipv4: string[], ipv6: string[] }}
 */
export function lanAddresses(interfaces = networkInterfaces()) {
  const found = Object.entries(interfaces)
    .flatMap(([name, addresses]) => (addresses ?? []).map((address) => ({ ...address, isVirtual: VIRTUAL.test(name) })))
    .filter(({ internal, address }) => !internal && !isLinkLocal(address))
    .sort((a, b) => Number(a.isVirtual) - Number(b.isVirtual) || rank(a.address) - rank(b.address));
  /** @param {"IPv4" | "IPv6"} wanted */
  const of = (wanted) => found.filter(({ family }) => family === wanted).map(({ address }) => address);
  return { ipv4: of("IPv4"), ipv6: of("IPv6") };
}

/** @param {string} address */
function isLinkLocal(address) {
  return /^(169\.254\.|fe[89ab])/i.test(address);
}

/** @param {string} address */
function rank(address) {
  const place = PRIVATE_RANGES.findIndex((range) => range.test(address));
  return place === -1 ? PRIVATE_RANGES.length : place;
}
