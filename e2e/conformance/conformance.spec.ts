import { test as base, expect } from "@playwright/test";
import { Lab } from "./lab";
import type { ClientName } from "./page/client-under-test";
import { ALL_SCENARIOS } from "./scenarios/all";

const test = base.extend<object, { lab: Lab }>({
  lab: [
    async ({}, use) => {
      const lab = await Lab.open();
      await use(lab);
      await lab.close();
    },
    { scope: "worker" },
  ],
});

const CLIENTS: { name: ClientName; title: string; sdk: string }[] = [
  { name: "embedded", title: "EmbeddedClient", sdk: "4.24.2" },
  { name: "bundled", title: "the SDK of agora-rtc-react", sdk: "4.24.2" },
  { name: "newer", title: "agora-rtc-sdk-ng", sdk: "4.24.8" },
];

for (const { name, title, sdk } of CLIENTS) {
  // The newer SDK is in no page of the app: `npm test` leaves it to `npm run test:long`.
  test.describe(title, { tag: name === "newer" ? "@long" : [] }, () => {
    test(`its tracks are the SDK's ${sdk}`, async ({ lab }) => {
      expect(await lab.versionOf(name)).toBe(sdk);
    });

    for (const scenario of Object.keys(ALL_SCENARIOS)) {
      test(scenario, async ({ lab }, { annotations }) => {
        const { differences } = await lab.play(name, scenario);
        for (const description of differences) annotations.push({ type: "differs", description });
      });
    }
  });
}
