import type { RelayNotice, RelaySlot } from "@/lib/contracts/relay";
import { UnusableOffer } from "./offer";
import { RelayCore } from "./relay-core";
import type { PeerAddress } from "./relay-peer";

/** One relay for all tests in a browser, which call it as they would the server. */
let running: Promise<RelayCore> | undefined;
let notices: { instance: string; notice: RelayNotice }[] = [];

function core(): Promise<RelayCore> {
  running ??= RelayCore.start(0, {
    onNotice: ({ instance }, notice) => notices.push({ instance, notice }),
    onEnded: () => undefined,
  });
  return running;
}

/** Vitest's commands: what a test in the browser has done here, in Node.js. */
export const relayCommands = {
  /** @returns the answer's SDP, or what is wrong with the offer */
  async relayOpen(_context: unknown, address: PeerAddress, sdp: string, receives: RelaySlot[]) {
    try {
      return { answer: (await core()).open(address, sdp, receives, ["127.0.0.1"]) };
    } catch (error) {
      if (error instanceof UnusableOffer) return { refusal: error.message };
      throw error;
    }
  },

  /** @returns whether there is such a connection */
  async relayAsk(_context: unknown, address: PeerAddress, receives: RelaySlot[], seq: number) {
    return (await core()).ask(address, receives, seq);
  },

  /** What the relay has told a page since this was last asked. */
  async relayNotices(_context: unknown, instance: string) {
    const own = notices.filter((each) => each.instance === instance);
    notices = notices.filter((each) => each.instance !== instance);
    return own.map(({ notice }) => notice);
  },

  /** The relay's process ends; the next call starts another. */
  async relayEnd() {
    const ending = running;
    running = undefined;
    notices = [];
    (await ending)?.stop();
  },
};
