import type { Page } from "@playwright/test";
import type { Participant } from "./participant";
import { expect, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";

test("the call is drawn once before the click, on no page", async ({ open, room }) => {
  const { page } = await open(ROHIT);
  await page.addInitScript(() => {
    const made: string[] = [];
    Object.defineProperty(window, "madeElements", { value: made });
    const { createElement } = document;
    document.createElement = (name: string, options?: ElementCreationOptions) => {
      made.push(name);
      return createElement.call(document, name, options);
    };
  });
  await page.goto(`/room/${room}`);
  const madeElements = () => page.evaluate(() => (window as unknown as { madeElements: string[] }).madeElements);
  // The call's controls stand in one, and nothing before the call does.
  await expect.poll(madeElements).toContain("footer");
  await expect(page.locator("footer")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Join now" })).toBeVisible();
});

/** The ICE credentials of what a page has ready: it is of one connection, as long as nothing is made anew. */
const drafted = (page: Page) =>
  page.evaluate(() =>
    window.recordedMedia.connections.flatMap(({ localDescription }) =>
      localDescription
        ? { type: localDescription.type, ufrag: /ice-ufrag:.*/.exec(localDescription.sdp)?.[0] ?? "" }
        : [],
    ),
  );

/** What goes with the request for the seat. */
async function saidByTheClick(person: Participant) {
  const asked = person.page.waitForRequest((request) => new URL(request.url()).pathname === "/api/members");
  await person.joinNow();
  return (await asked).postDataJSON().signals;
}

async function lookIn(person: Participant, room: string): Promise<void> {
  await person.page.goto(`/room/${room}`);
  await person.page.getByRole("textbox", { name: "Name" }).fill(person.name);
  await expect(person.page.getByText("In the call: ROHIT")).toBeVisible();
}

test("the click asks for the seat and answers what who waits has left by one request: they need say nothing", async ({
  open,
  room,
  topology,
}) => {
  test.skip(topology === "relay", "nobody is linked directly");
  const rohit = await open(ROHIT);
  const left = rohit.page.waitForRequest((request) => new URL(request.url()).pathname === "/api/members/offer");
  await rohit.enter(room);
  const { offer, onJoin } = (await left).postDataJSON();
  expect(offer.description.sdp).not.toContain("a=candidate:");
  expect(onJoin.candidates[0].candidate).toMatch(/^candidate:/);

  const riya = await open(RIYA);
  await lookIn(riya, room);
  await expect.poll(() => drafted(riya.page)).toContainEqual(expect.objectContaining({ type: "answer" }));
  const answer = (await drafted(riya.page)).find(({ type }) => type === "answer");
  const said: string[] = [];
  rohit.page.on("request", (request) => said.push(new URL(request.url()).pathname));
  const signals = await saidByTheClick(riya);
  expect(signals).toMatchObject([
    { to: Number(await rohit.uid()), signal: { type: "description", peer: offer.connection } },
  ]);
  const [{ signal }] = signals;
  expect(signal).toMatchObject({ sends: { audio: "on", video: "on" }, description: { type: "answer" } });
  expect(signal.description.sdp).toMatch(/^a=candidate:/m);
  expect(signal.description.sdp).toContain(answer?.ufrag);
  await rohit.expectSees(riya);
  await riya.expectSees(rohit);
  expect(said.filter((path) => path.endsWith("/signals"))).toEqual([]);
  // What is around the pictures comes after them, and stands.
  await expect(riya.page.getByRole("toolbar", { name: "Call controls" })).toBeVisible();
  await expect(riya.page.getByTestId("room-name")).toBeFocused();
});

test("where nothing was left the click asks for the seat and offers by one request, with this machine's addresses", async ({
  open,
  room,
  topology,
}) => {
  test.skip(topology === "relay", "nobody is offered to");
  const rohit = await open(ROHIT);
  await rohit.page.route("**/api/members/offer", (route) => route.abort());
  await rohit.enter(room);
  const riya = await open(RIYA);
  await lookIn(riya, room);
  await expect.poll(() => drafted(riya.page)).toHaveLength(1);
  const [offer] = await drafted(riya.page);
  const signals = await saidByTheClick(riya);
  expect(signals).toMatchObject([
    { to: Number(await rohit.uid()), signal: { type: "description", sends: { audio: "on", video: "on" } } },
  ]);
  expect(signals[0].signal.description).toMatchObject({ type: "offer", sdp: expect.stringMatching(/^a=candidate:/m) });
  expect(signals[0].signal.description.sdp).toContain(offer?.ufrag);
  await rohit.expectSees(riya);
  await riya.expectSees(rohit);
});

test("who comes in is answered first, and drawn then", async ({ open, room, topology }) => {
  test.skip(topology === "relay", "nobody is answered");
  const rohit = await open(ROHIT);
  await rohit.page.route("**/api/members/offer", (route) => route.abort());
  await rohit.page.addInitScript((patienceMs) => {
    const steps: string[] = [];
    Object.defineProperty(window, "newcomerSteps", { value: steps });
    const { fetch, setTimeout } = window;
    window.fetch = (asked, options) => {
      if (String(asked instanceof Request ? asked.url : asked).endsWith("/signals")) steps.push("answered");
      return fetch(asked, options);
    };
    // They would be drawn after that long as well: on a slow machine that may be before.
    window.setTimeout = ((work: () => void, ms?: number, ...rest: unknown[]) =>
      setTimeout(work, ms === patienceMs ? 60_000 : ms, ...rest)) as typeof window.setTimeout;
    new MutationObserver(() => {
      if (!steps.includes("drawn") && document.querySelector("[data-testid=tile][data-local=false]"))
        steps.push("drawn");
    }).observe(document, { childList: true, subtree: true });
  }, 100);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enter(room);
  await rohit.expectSees(riya);
  const steps = await rohit.page.evaluate(() => (window as unknown as { newcomerSteps: string[] }).newcomerSteps);
  expect(steps.slice(0, 2)).toEqual(["answered", "drawn"]);
});

test("who comes in with the answer to what was left is linked first, and drawn then", async ({
  open,
  room,
  topology,
}) => {
  test.skip(topology === "relay", "nobody is linked directly");
  const rohit = await open(ROHIT);
  await rohit.page.addInitScript((patienceMs) => {
    const steps: string[] = [];
    Object.defineProperty(window, "newcomerSteps", { value: steps });
    const { setTimeout, RTCPeerConnection } = window;
    window.setTimeout = ((work: () => void, ms?: number, ...rest: unknown[]) =>
      setTimeout(work, ms === patienceMs ? 60_000 : ms, ...rest)) as typeof window.setTimeout;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener("connectionstatechange", () => {
          if (this.connectionState === "connected") steps.push("linked");
        });
      }
    };
    new MutationObserver(() => {
      if (!steps.includes("drawn") && document.querySelector("[data-testid=tile][data-local=false]"))
        steps.push("drawn");
    }).observe(document, { childList: true, subtree: true });
  }, 100);
  const left = rohit.page.waitForResponse((response) => new URL(response.url()).pathname === "/api/members/offer");
  await rohit.enter(room);
  await left;
  const riya = await open(RIYA);
  await lookIn(riya, room);
  await expect.poll(() => drafted(riya.page)).toContainEqual(expect.objectContaining({ type: "answer" }));
  await riya.joinNow();
  await rohit.expectSees(riya);
  const steps = await rohit.page.evaluate(() => (window as unknown as { newcomerSteps: string[] }).newcomerSteps);
  expect(steps).toEqual(["linked", "drawn"]);
});

for (const size of [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
  { width: 740, height: 360 },
]) {
  test(`the header and the controls come when the pictures stand, and move nothing, at ${size.width} × ${size.height}`, async ({
    open,
    room,
  }) => {
    const rohit = await open(ROHIT);
    await rohit.enter(room);
    const riya = await open(RIYA);
    await riya.page.setViewportSize(size);
    await riya.page.addInitScript(() => {
      const layouts: { place: string; isWhole: boolean }[] = [];
      Object.defineProperty(window, "layouts", { value: layouts });
      const look = () => {
        const stage = document.querySelector("main:has([data-testid=tile])");
        const { x, y, width, height } = stage?.getBoundingClientRect() ?? new DOMRect();
        const isWhole = document.querySelector("[role=toolbar][aria-label='Call controls']") !== null;
        if (stage) layouts.push({ place: [x, y, width, height].join(), isWhole });
      };
      new MutationObserver(look).observe(document, { childList: true, subtree: true });
    });
    await lookIn(riya, room);
    await riya.joinNow();
    await expect(riya.page.getByRole("toolbar", { name: "Call controls" })).toBeVisible();
    const layouts = await riya.page.evaluate(
      () => (window as unknown as { layouts: { place: string; isWhole: boolean }[] }).layouts,
    );
    expect(layouts.map(({ isWhole }) => isWhole)).toContain(false);
    expect(layouts.map(({ isWhole }) => isWhole)).toContain(true);
    expect(new Set(layouts.map(({ place }) => place)).size).toBe(1);
  });
}
