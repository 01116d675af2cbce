import { test as base, expect } from "@playwright/test";
import { type Column, Lab } from "./lab";
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

const COLUMNS: (Column & { title: string; sdk: string })[] = [
  { client: "embedded", topology: "direct", title: "EmbeddedClient, direct", sdk: "4.24.2" },
  { client: "embedded", topology: "relay", title: "EmbeddedClient, by the relay", sdk: "4.24.2" },
  { client: "bundled", topology: null, title: "the SDK of agora-rtc-react", sdk: "4.24.2" },
  { client: "newer", topology: null, title: "agora-rtc-sdk-ng", sdk: "4.24.8" },
];

for (const { title, sdk, ...column } of COLUMNS) {
  // What the SDKs do changes with them alone: `npm test` leaves them to `npm run test:long`.
  test.describe(title, { tag: column.topology === null ? "@long" : [] }, () => {
    test(`its tracks are the SDK's ${sdk}`, async ({ lab }) => {
      expect(await lab.versionOf(column)).toBe(sdk);
    });

    for (const scenario of Object.keys(ALL_SCENARIOS)) {
      test(scenario, async ({ lab }, { annotations }) => {
        const { differences } = await lab.play(column, scenario);
        for (const description of differences) annotations.push({ type: "differs", description });
      });
    }
  });
}
