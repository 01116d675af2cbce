import type { Page } from "@playwright/test";

interface Signals {
  signals?: Array<{ to: number; signal: { type: string; description?: { type: string; sdp: string } } }>;
}

/** The offers of who comes in go with the request for the seat. */
const SIGNALS = /\/api\/(rooms\/[^/]+\/signals|members)$/;

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
      const body: Signals | null = route.request().postDataJSON();
      if (!body?.signals) return route.continue();
      const signals = body.signals.map((sent) => (sent.to === to ? mute(sent) : sent));
      return route.continue({ postData: { ...body, signals } });
    });
  }
  return async () => {
    for (const { page } of ends) await page.unroute(SIGNALS);
  };
}

/** The same signal without addresses in it. */
function mute<Sent extends NonNullable<Signals["signals"]>[number]>(sent: Sent): Sent {
  const { signal } = sent;
  if (signal.type === "candidates") return { ...sent, signal: { ...signal, candidates: [] } };
  if (!signal.description) return sent;
  const sdp = signal.description.sdp.replace(/^a=candidate:.*\r\n/gm, "");
  return { ...sent, signal: { ...signal, description: { ...signal.description, sdp } } };
}
