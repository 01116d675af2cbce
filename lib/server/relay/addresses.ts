import { networkInterfaces } from "node:os";

/**
 * Where a page may reach the relay, the likeliest first: as the settings say, then on this machine's own networks, which
 * are shorter for those who are in them.
 *
 * @param isOnThisMachine the page is, and may have no network
 */
export function relayAddresses(publicAddresses: readonly string[], isOnThisMachine: boolean): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const own = all.filter(({ internal, address }) => !internal && !isLinkLocal(address)).map(({ address }) => address);
  const outer = [...publicAddresses, ...own.sort(byFamily)];
  return [...new Set(isOnThisMachine || outer.length === 0 ? [...outer, "127.0.0.1"] : outer)];
}

/** Of use to nobody who does not name the network as well. */
function isLinkLocal(address: string): boolean {
  return /^fe80:/i.test(address) || address.startsWith("169.254.");
}

function byFamily(one: string, other: string): number {
  return Number(one.includes(":")) - Number(other.includes(":"));
}
