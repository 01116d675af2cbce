import { expect, test, vi } from "vitest";
import type { Credentials } from "@/lib/contracts/http";
import type { Uid } from "@/lib/contracts/identifiers";
import { type CallState, createCallStore } from "./call-store";
import { expectJoin } from "./join-expectation";

const CREDENTIALS = { transport: "embedded" } as Credentials;
const ONE = 1 as Uid;
const OTHER = 2 as Uid;
/** Looks at themselves, while one is in the call. */
const LIKELY: Partial<CallState> = {
  phase: "ready",
  isStreamConnected: true,
  order: [ONE],
  camera: { ...createCallStore().getState().camera, status: "on" },
};

function watch() {
  const store = createCallStore();
  const told: (Credentials | undefined)[] = [];
  const stop = expectJoin(store, { expect: (credentials) => told.push(credentials) }, () => CREDENTIALS);
  return { store, told, stop };
}

test("a join is prepared, when there is time, once somebody is there to be linked with", async () => {
  const { store, told } = watch();
  store.setState({ ...LIKELY, order: [] });
  store.setState({ order: [ONE] });
  expect(told).toEqual([]);
  await vi.waitFor(() => expect(told).toEqual([CREDENTIALS]));
  store.setState({ name: "ANN" });
  expect(told).toEqual([CREDENTIALS]);
});

test.each<[string, Partial<CallState>]>([
  ["there are others, who are reached by the relay", { order: [ONE, OTHER] }],
  ["nobody is there any more", { order: [] }],
  ["the stream, and with it perhaps the network, is lost", { isStreamConnected: false }],
  ["no device is on", { camera: createCallStore().getState().camera }],
  ["the page's time is over", { phase: "ended" }],
])("it is not when %s", async (_, change) => {
  const { store, told } = watch();
  store.setState(LIKELY);
  await vi.waitFor(() => expect(told).toEqual([CREDENTIALS]));
  store.setState(change);
  expect(told).toEqual([CREDENTIALS, undefined]);
  store.setState(LIKELY);
  await vi.waitFor(() => expect(told).toEqual([CREDENTIALS, undefined, CREDENTIALS]));
});

test("one that begins finds what is prepared; after one that came to nothing the next is prepared", async () => {
  const { store, told } = watch();
  store.setState(LIKELY);
  await vi.waitFor(() => expect(told).toEqual([CREDENTIALS]));
  store.setState({ phase: "joining" });
  expect(told).toEqual([CREDENTIALS]);
  store.setState({ phase: "ready" });
  await vi.waitFor(() => expect(told).toEqual([CREDENTIALS, CREDENTIALS]));
  store.setState({ phase: "joining" });
  store.setState({ phase: "joined" });
  expect(told).toEqual([CREDENTIALS, CREDENTIALS, undefined]);
});

test("what there was no time for before the click is not begun after it", async () => {
  const { store, told } = watch();
  store.setState(LIKELY);
  store.setState({ phase: "joining" });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told).toEqual([]);
});

test("nothing is left when the page is done with", async () => {
  const { store, told, stop } = watch();
  store.setState(LIKELY);
  stop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told).toEqual([undefined]);
  store.setState({ order: [] });
  store.setState(LIKELY);
  expect(told).toEqual([undefined]);
});
