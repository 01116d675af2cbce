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

test("the click asks for the seat and offers to who is there by one request, with this machine's addresses", async ({
  open,
  room,
  topology,
}) => {
  test.skip(topology === "relay", "nobody is offered to");
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.page.goto(`/room/${room}`);
  await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
  await expect(riya.page.getByText("In the call: ROHIT")).toBeVisible();
  const offers = () =>
    riya.page.evaluate(() =>
      window.recordedMedia.connections.flatMap(
        ({ localDescription }) => /ice-ufrag:.*/.exec(localDescription?.sdp ?? "") ?? [],
      ),
    );
  await expect.poll(offers).toHaveLength(1);
  const [drafted] = await offers();
  const asked = riya.page.waitForRequest((request) => new URL(request.url()).pathname === "/api/members");
  await riya.joinNow();
  const { signals } = (await asked).postDataJSON();
  expect(signals).toMatchObject([
    { to: Number(await rohit.uid()), signal: { type: "description", sends: { audio: "on", video: "on" } } },
  ]);
  expect(signals[0].signal.description).toMatchObject({ type: "offer", sdp: expect.stringMatching(/^a=candidate:/m) });
  expect(signals[0].signal.description.sdp).toContain(drafted);
  await rohit.expectSees(riya);
  await riya.expectSees(rohit);
});

test("who comes in is answered first, and drawn then", async ({ open, room, topology }) => {
  test.skip(topology === "relay", "nobody is answered");
  const rohit = await open(ROHIT);
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
