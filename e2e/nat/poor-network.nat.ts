import type { Participant } from "@/e2e/participant";
import { RIYA, ROHIT } from "@/e2e/support/persona";
import { expect, expectCall, ROOM, test } from "./fixtures";

/** A home with a bad line. */

const SECRET = "a secret of the tests";

const poorSign = (tile: ReturnType<Participant["tileOf"]>) => tile.getByRole("img", { name: "Poor network" });

test("with a twentieth of all packets lost and 200 ms of delay the call goes on, and its tiles say poor network until it is over", async ({
  internet,
  open,
}) => {
  test.setTimeout(180_000);
  const turn = await internet.startTurn({ secret: SECRET });
  const app = await internet.startApp({ EMBEDDED_TOPOLOGY: "direct", TURN_URL: turn.urls, TURN_SECRET: SECRET });
  const { home, wire } = await internet.addRemoteHome("symmetric");
  const rohit = await open(ROHIT, home, app);
  const riya = await open(RIYA, internet.addHome("symmetric"), app);
  await rohit.enter(ROOM);
  await riya.enter(ROOM);
  await expectCall(rohit, riya);
  const signs = [poorSign(rohit.tileOf(rohit)), poorSign(rohit.tileOf(riya)), poorSign(riya.tileOf(rohit))];
  for (const sign of signs) await expect(sign).toHaveCount(0);

  wire.set({ delayMs: 200, lossRate: 0.05 });
  for (const sign of signs) await expect(sign).toBeVisible({ timeout: 30_000 });
  await expectCall(rohit, riya);
  for (const person of [rohit, riya]) expect(await framesASecond(person)).toBeGreaterThan(5);

  wire.set({});
  for (const sign of signs) await expect(sign).toHaveCount(0, { timeout: 30_000 });
  await expectCall(rohit, riya);
});

/** Of pictures received, over five seconds. */
function framesASecond({ page }: Participant): Promise<number> {
  return page.evaluate(async () => {
    const decoded = async () => {
      let frames = 0;
      for (const connection of window.recordedMedia.connections) {
        if (connection.connectionState !== "connected") continue;
        (await connection.getStats()).forEach(({ type, framesDecoded }) => {
          if (type === "inbound-rtp") frames += framesDecoded ?? 0;
        });
      }
      return frames;
    };
    const before = await decoded();
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    return ((await decoded()) - before) / 5;
  });
}
