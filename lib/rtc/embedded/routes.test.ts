import { describe, expect, it } from "vitest";
import { routeFor, type Ways } from "./routes";

const ways = (changed: Partial<Ways> = {}): Ways => ({ relay: "off", isDirectOut: false, takes: "direct", ...changed });

describe("the way of media between two", () => {
  const auto = (options: { isCrowd?: boolean; mine?: Partial<Ways>; theirs?: Partial<Ways> | null } = {}) =>
    routeFor({
      topology: "auto",
      isCrowd: options.isCrowd ?? false,
      mine: ways(options.mine),
      theirs: options.theirs === null ? undefined : ways(options.theirs),
    });

  it("is direct while there are two", () => {
    expect(auto()).toBe("direct");
    expect(auto({ theirs: null })).toBe("direct");
    expect(auto({ mine: { relay: "up", takes: "relay" }, theirs: { relay: "up" } })).toBe("direct");
  });

  it("is the relay's from the third on, also before anything is known of it", () => {
    expect(auto({ isCrowd: true })).toBe("relay");
    expect(auto({ isCrowd: true, theirs: null })).toBe("relay");
  });

  it("is the relay's where one of the two does not reach the other, whichever it is", () => {
    expect(auto({ mine: { isDirectOut: true } })).toBe("relay");
    expect(auto({ theirs: { isDirectOut: true } })).toBe("relay");
  });

  it("is direct where one of the two does not reach the relay, whichever it is, and how many there are", () => {
    expect(auto({ isCrowd: true, mine: { relay: "out" } })).toBe("direct");
    expect(auto({ isCrowd: true, theirs: { relay: "out" } })).toBe("direct");
    expect(auto({ mine: { isDirectOut: true }, theirs: { relay: "out" } })).toBe("direct");
  });

  it("comes out the same at both ends", () => {
    const all: Ways[] = (["off", "trying", "up", "out"] as const).flatMap((relay) =>
      [true, false].map((isDirectOut) => ways({ relay, isDirectOut })),
    );
    for (const isCrowd of [true, false]) {
      for (const one of all) {
        for (const other of all) {
          const at = (mine: Ways, theirs: Ways) => routeFor({ topology: "auto", isCrowd, mine, theirs });
          expect(at(one, other)).toBe(at(other, one));
        }
      }
    }
  });

  it.each(["direct", "relay"] as const)(
    "is %s where the server's settings say so, whatever comes of it",
    (topology) => {
      for (const isCrowd of [true, false]) {
        const mine = ways({ relay: "out", isDirectOut: true });
        expect(routeFor({ topology, isCrowd, mine, theirs: mine })).toBe(topology);
      }
    },
  );
});
