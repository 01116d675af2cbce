import type { IAgoraRTCClient, UID } from "agora-rtc-react";
import * as v from "valibot";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Uid } from "@/lib/contracts/identifiers";
import { createCallStore } from "./call-store";
import { LinkWatch } from "./link-watch";
import type { LinkState, Player } from "./player";

const THEIRS = v.parse(Uid, 2);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A call with one other, of whom the client has received so many bytes. */
function callWith(received: { bytes: number }): { watch: LinkWatch; linkOf: () => LinkState | undefined } {
  const client = {
    uid: 1,
    remoteUsers: [{ uid: 2 }],
    getRemoteNetworkQuality: () => ({ 2: { uplinkNetworkQuality: 0, downlinkNetworkQuality: 0 } }),
    getRemoteAudioStats: () => ({ 2: { receiveBytes: received.bytes } }),
    getRemoteVideoStats: () => ({}),
  } as unknown as IAgoraRTCClient;
  const store = createCallStore();
  let link: LinkState | undefined = "unknown";
  store.setState({ players: { [THEIRS]: { uid: THEIRS, isLocal: false, link } as unknown as Player } });
  const change = (_uid: UID, media: { link?: LinkState }) => {
    link = media.link ?? link;
  };
  return { watch: new LinkWatch(client, store, change), linkOf: () => link };
}

it("looks again by itself at who is waited for, until something of them has come", async () => {
  const received = { bytes: 0 };
  const { watch, linkOf } = callWith(received);
  watch.refresh();
  expect(linkOf()).toBe("unknown");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(linkOf()).toBe("unknown");
  received.bytes = 1_000;
  await vi.advanceTimersByTimeAsync(300);
  expect(linkOf()).toBe("up");
  expect(vi.getTimerCount()).toBe(0);
});

it("looks at nobody any more once the call is left", async () => {
  const received = { bytes: 0 };
  const { watch, linkOf } = callWith(received);
  watch.refresh();
  watch.dispose();
  received.bytes = 1_000;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(linkOf()).toBe("unknown");
});
