import { ALL_SCENARIOS } from "@/e2e/conformance/scenarios/all";
import type { ClientUnderTest } from "./client-under-test";
import { paintDevices } from "./painted-devices";
import { Stage } from "./stage";

const TIMEOUT_MS = 25_000;
/** Of the SDK's log: errors only. */
const ERRORS = 4;

/** Offers the scenarios, played with one client, to the test that opened the page. */
export function offer(client: ClientUnderTest): void {
  client.sdk.setLogLevel(ERRORS);
  paintDevices();
  window.conformance = {
    version: client.sdk.VERSION,
    async join({ appId, room, token, uid }) {
      await client.sdk.createClient({ mode: "rtc", codec: "vp8" }).join(appId, room, token, uid);
    },
    async run(title, room) {
      const scenario = ALL_SCENARIOS[title];
      if (!scenario) throw new Error(`There is no scenario “${title}”.`);
      const stage = new Stage(client, room);
      try {
        await Promise.race([scenario(stage), timeout()]);
      } finally {
        await stage.dispose();
      }
      return { differences: stage.differences };
    },
  };
}

function timeout(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`It took longer than ${TIMEOUT_MS / 1000} s.`)), TIMEOUT_MS);
  });
}
