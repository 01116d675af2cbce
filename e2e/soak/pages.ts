import * as v from "valibot";
import { RoomName } from "@/lib/contracts/identifiers";
import { TestPage } from "@/lib/server/relay/testing/page";
import type { FromPages, ToPages } from "./messages";

const MAIN = v.parse(RoomName, "MAIN");
const FRAME_MS = 66;
const KEY_FRAME_EVERY = 30;
const STAYS_MS = 8_000;
const AWAY_MS = 2_000;

const asked = new Map<number, (answer: string) => void>();
let asks = 0;

function tell(message: FromPages): void {
  process.send?.(message);
}

const relay = {
  open: (...args: Extract<FromPages, { type: "open" }>["args"]) =>
    new Promise<string>((resolve) => {
      const id = asks++;
      asked.set(id, resolve);
      tell({ type: "open", id, args });
    }),
};

process.on("message", ({ id, answer }: ToPages) => {
  asked.get(id)?.(answer);
  asked.delete(id);
});

/** Someone who films. @returns how they leave */
async function enter(uid: number, others: number[]): Promise<{ page: TestPage; leave: () => Promise<void> }> {
  const page = new TestPage(MAIN, uid, others);
  await page.connect(relay);
  let frame = 0;
  const camera = setInterval(() => page.sendPicture({ isKeyFrame: frame++ % KEY_FRAME_EVERY === 0 }), FRAME_MS);
  return {
    page,
    async leave() {
      clearInterval(camera);
      tell({ type: "left", room: MAIN, uid: page.uid });
      await page.close();
    },
  };
}

async function main(): Promise<void> {
  const [rohit, riya] = [await enter(1, [2, 3]), await enter(2, [1, 3])];
  let [received, guests] = [0, 0];
  for (;;) {
    const guest = await enter(3, [1, 2]);
    guests++;
    await new Promise((resolve) => setTimeout(resolve, STAYS_MS));
    await guest.leave();
    await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
    // The packets themselves are not kept.
    for (const { page } of [rohit, riya]) received += page.received.splice(0).length;
    tell({ type: "count", received, guests });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
