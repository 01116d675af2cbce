/**
 * How a router translates addresses (RFC 4787).
 *
 * `cone`: everything from one port inside goes out from one port outside, and what comes back is let in from whom something was
 * sent to (endpoint-independent mapping, address- and port-dependent filtering): most homes. `symmetric`: another port
 * outside for each destination, so an address that STUN has found is of no use to others.
 */
export type Nat = "cone" | "symmetric";

const TRANSLATION: Record<Nat, string> = {
  // Linux keeps the port where it can: the port inside is the port outside.
  cone: 'oifname "wan" masquerade',
  symmetric: 'oifname "wan" masquerade fully-random',
};

/** The nftables ruleset of a home's router: `lan` is its side of the home, `wan` that of the internet. */
export function routerRuleset(nat: Nat, isUdpBlocked: boolean): string {
  return `
    table ip home {
      chain translate {
        type nat hook postrouting priority srcnat
        ${TRANSLATION[nat]}
      }
      # What strangers send to the router itself is dropped before it is remembered: it would take the port that a cone keeps.
      chain input {
        type filter hook input priority filter; policy drop
        iifname "lan" accept
        ct state established,related accept
      }
      chain forward {
        type filter hook forward priority filter; policy drop
        ${isUdpBlocked ? "meta l4proto udp drop" : ""}
        iifname "lan" accept
        ct state established,related accept
      }
    }`;
}
