import type { Page } from "@playwright/test";

interface Signals {
  signals: Array<{ to: number; signal: { type: string; description?: { type: string; sdp: string } } }>;
}

const SIGNALS = "**/api/rooms/*/signals";

/**
 * As if a firewall stood between two people: neither page tells the other an address at which it could be reached. Everything
 * else goes on, ICE too, which finds no way.
 *
 * @returns takes the firewall away
 */
export async function raiseFirewall(
  one: { page: Page; uid: number },
  other: { page: Page; uid: number },
): Promise<() => Promise<void>> {
  const ends = [
    { page: one.page, to: other.uid },
    { page: other.page, to: one.uid },
  ];
  for (const { page, to } of ends) {
    await page.route(SIGNALS, (route) => {
      const { signals }: Signals = route.request().postDataJSON();
      return route.continue({ postData: { signals: signals.map((sent) => (sent.to === to ? mute(sent) : sent)) } });
    });
  }
  return async () => {
    for (const { page } of ends) await page.unroute(SIGNALS);
  };
}

/** The same signal without addresses in it. */
function mute<Sent extends Signals["signals"][number]>(sent: Sent): Sent {
  const { signal } = sent;
  if (signal.type === "candidates") return { ...sent, signal: { ...signal, candidates: [] } };
  if (!signal.description) return sent;
  const sdp = signal.description.sdp.replace(/^a=candidate:.*\r\n/gm, "");
  return { ...sent, signal: { ...signal, description: { ...signal.description, sdp } } };
}
