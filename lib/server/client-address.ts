import "server-only";
import { isIPv4, isIPv6 } from "node:net";

/** Set on every request by this process, whatever the caller wrote there. */
export const CLIENT_ADDRESS_HEADER = "x-mychat-client-address";

/**
 * Who called, as far as it can be believed: each trusted proxy has added the address that it saw at the right of
 * `X-Forwarded-For`; what stands left of those is the caller's own word.
 *
 * @param trustedProxies how many proxies of ours stand in front
 */
export function clientAddress(
  socketAddress: string,
  forwardedFor: string | string[] | undefined,
  trustedProxies: number,
): string {
  const forwarded = [forwardedFor ?? []].flat().join(",").split(",");
  const hops = [...forwarded.map(withoutPort).filter((hop) => hop !== ""), socketAddress];
  const claimed = hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? socketAddress;
  return network(claimed) ?? network(socketAddress) ?? "unknown";
}

/** `1.2.3.4:5678` and `[2001:db8::1]:5678` are how some proxies write it. */
function withoutPort(hop: string): string {
  const trimmed = hop.trim();
  const [, inBrackets] = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed) ?? [];
  const [, beforePort] = /^([\d.]+):\d+$/.exec(trimmed) ?? [];
  return inBrackets ?? beforePort ?? trimmed;
}

/** An IPv4 address as it is, an IPv6 one by its /64, which is what one customer is given. */
function network(address: string): string | undefined {
  const [, mapped] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
  if (mapped && isIPv4(mapped)) return mapped;
  if (isIPv4(address)) return address;
  const [unscoped = ""] = address.split("%");
  if (!isIPv6(unscoped)) return undefined;
  const [head = "", tail] = unscoped.split("::");
  const headGroups = head === "" ? [] : head.split(":");
  const tailGroups = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - headGroups.length - tailGroups.length);
  const groups = [...headGroups, ...Array<string>(zeros).fill("0"), ...tailGroups];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

/** Whether the caller sits at this machine, or comes through a proxy on it. */
export function isCallerOnThisMachine(request: Request): boolean {
  const address = request.headers.get(CLIENT_ADDRESS_HEADER) ?? "";
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
