import { expect, it } from "vitest";
import { linkReach } from "./link-reach";

it.each(["localhost", "mychat.localhost", "127.0.0.1", "127.9.9.9", "[::1]"])("%s is this computer", (hostname) => {
  expect(linkReach(hostname)).toBe("computer");
});

it.each([
  "192.168.1.5",
  "10.0.0.7",
  "172.16.0.1",
  "172.31.0.1",
  "169.254.3.4",
  "[fd00::7]",
  "[fe80::1]",
  "laptop.local",
  "laptop",
])("%s is in this network", (hostname) => {
  expect(linkReach(hostname)).toBe("network");
});

it.each(["chat.example.org", "10.example.org", "172.32.0.1", "8.8.8.8", "[2001:db8::1]", "localhost.example.org"])(
  "%s can be opened from everywhere",
  (hostname) => {
    expect(linkReach(hostname)).toBe("everywhere");
  },
);
