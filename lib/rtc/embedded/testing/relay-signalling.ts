import { commands } from "vitest/browser";
import { AppError } from "@/lib/app-error";
import type { RelayNotice, RelaySlot } from "@/lib/contracts/relay";
import type { Seat } from "@/lib/rtc/embedded/signalling";
import type { MemoryPage } from "./memory-signalling";

type PageConnection = Pick<Seat, "room" | "uid" | "instance"> & { connection: string };

/** `lib/server/relay/test-commands.ts` */
interface RelayCommands {
  relayOpen(page: PageConnection, sdp: string, receives: RelaySlot[]): Promise<{ answer?: string; refusal?: string }>;
  relayAsk(page: PageConnection, receives: RelaySlot[], seq: number): Promise<boolean>;
  relayNotices(instance: string): Promise<RelayNotice[]>;
  relayEnd(): Promise<void>;
}

const relay = commands as unknown as RelayCommands;
const POLL_MS = 30;
/** Nobody answers there (RFC 863). */
const DISCARD_PORT = 9;

/**
 * Gives a page of a room in memory a real relay, which runs beside the browser, in Node.js.
 *
 * @returns the disposer
 */
export function connectToRelay(page: MemoryPage): () => void {
  const { uid, instance } = page.self;
  const room = page.seat?.room;
  if (!room) throw new Error("A page without a seat has no relay.");
  page.relay = {
    async open({ connection, sdp, receives }) {
      const { answer, refusal } = await relay.relayOpen({ room, uid, instance, connection }, sdp, receives);
      if (answer === undefined) throw new AppError("invalid_request", refusal ?? "");
      await new Promise((resolve) => setTimeout(resolve, page.relayAnswersAfterMs));
      return page.isRelayClosed ? answer.replace(/^(a=candidate:.* udp \d+ \S+) \d+/gm, `$1 ${DISCARD_PORT}`) : answer;
    },
    async ask({ connection, seq, receives }) {
      if (await relay.relayAsk({ room, uid, instance, connection }, receives, seq)) return;
      throw new AppError("not_found", "This connection to the relay is over: make another.");
    },
  };
  let isOver = false;
  const poll = async () => {
    while (!isOver) {
      for (const notice of await relay.relayNotices(instance)) page.deliver({ type: "relay", notice });
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  };
  void poll();
  return () => {
    isOver = true;
  };
}

/** The relay ends, as its process would: whoever was connected finds nobody there. */
export function endRelay(): Promise<void> {
  return relay.relayEnd();
}
