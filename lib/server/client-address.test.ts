import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address";

describe("the caller's address", () => {
  it.each([
    ["no proxy: the socket's, whatever the header says", "192.0.2.1", "6.6.6.6", 0, "192.0.2.1"],
    ["one proxy: what it saw", "10.0.0.1", "192.0.2.1", 1, "192.0.2.1"],
    ["one proxy and a forged header: what the proxy added", "10.0.0.1", "6.6.6.6, 192.0.2.1", 1, "192.0.2.1"],
    ["two proxies", "10.0.0.1", "6.6.6.6, 192.0.2.1, 10.0.0.2", 2, "192.0.2.1"],
    ["fewer hops than proxies: the leftmost", "10.0.0.1", "192.0.2.1", 5, "192.0.2.1"],
    ["no header", "10.0.0.1", undefined, 1, "10.0.0.1"],
    ["a header of nonsense: the socket's", "10.0.0.1", "x'; --", 1, "10.0.0.1"],
    ["with ports", "10.0.0.1", "192.0.2.1:4711", 1, "192.0.2.1"],
    ["IPv6 in brackets, by /64", "10.0.0.1", "[2001:db8:1:2:3:4:5:6]:80", 1, "2001:db8:1:2::/64"],
    ["IPv6, shortened", "2001:db8::7", undefined, 0, "2001:db8:0:0::/64"],
    ["IPv6, a zone", "fe80::1%eth0", undefined, 0, "fe80:0:0:0::/64"],
    ["IPv4 in IPv6", "::ffff:192.0.2.1", undefined, 0, "192.0.2.1"],
    ["a socket that is gone", "unknown", undefined, 0, "unknown"],
  ])("%s", (_what, socket, forwarded, proxies, expected) => {
    expect(clientAddress(socket, forwarded, proxies)).toBe(expected);
  });
});
