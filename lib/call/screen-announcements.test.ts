import type { IAgoraRTCClient } from "agora-rtc-react";
import { expect, test } from "vitest";
import type { Credentials } from "@/lib/contracts/http";
import type { Uid } from "@/lib/contracts/identifiers";
import type { Member } from "@/lib/contracts/members";
import { type CallStore, createCallStore, withRosterChange } from "./call-store";
import { watchScreens } from "./screen-announcements";
import { memberOf } from "./testing/member";

const ME = 1 as Uid;

function member(uid: number, screen: number | null): Member {
  return memberOf(uid, { screen: screen as Uid | null });
}

function roster(store: CallStore, set: Member[], left: number[] = []): void {
  store.setState((state) => withRosterChange(state, { set, left: left as Uid[] }, ME));
}

/** In the call, where P2 shares already. */
function inCall() {
  const store = createCallStore();
  const said: string[] = [];
  watchScreens(store, (words) => said.push(words));
  roster(store, [member(1, null), member(2, 20), member(3, null)]);
  store.setState({ stay: { client: {} as IAgoraRTCClient, credentials: {} as Credentials } });
  return { store, said };
}

test("says who of the others begins to share and who stops, once, and not what was there before", () => {
  const { store, said } = inCall();
  expect(said).toEqual([]);
  roster(store, [member(3, 30)]);
  roster(store, [{ ...member(3, 30), name: "P3" }]);
  roster(store, [member(1, 10)]);
  roster(store, [member(2, null)]);
  expect(said).toEqual(["P3 started sharing their screen", "P2 stopped sharing their screen"]);
});

test("a share that was lost and brought anew is no news, nor is the end of one whose owner leaves", () => {
  const { store, said } = inCall();
  roster(store, [member(2, 21)]);
  roster(store, [], [2]);
  expect(said).toEqual([]);
});
