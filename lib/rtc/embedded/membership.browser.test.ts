import { expect, test, vi } from "vitest";
import { allPublished, colorOf, describeCall, eventually } from "./testing/call";

const call = describeCall();

test("joining and leaving go through the SDK's states, with its reason", async () => {
  const rohit = call.person(11);
  expect(rohit.client.connectionState).toBe("DISCONNECTED");
  expect(await rohit.join()).toBe(11);
  expect(rohit.client).toMatchObject({ connectionState: "CONNECTED", uid: 11, channelName: "MAIN" });
  await rohit.client.leave();
  expect(rohit.client).toMatchObject({ connectionState: "DISCONNECTED", remoteUsers: [], localTracks: [] });
  expect(rohit.client.uid).toBeUndefined();
  await rohit.client.leave();
  expect(rohit.events).toEqual([
    'connection-state-change "CONNECTING" "DISCONNECTED"',
    'connection-state-change "CONNECTED" "CONNECTING"',
    'connection-state-change "DISCONNECTING" "CONNECTED"',
    'connection-state-change "DISCONNECTED" "DISCONNECTING" "LEAVE"',
  ]);
});

test("the list of users is right before each event of it is told, and users stay the same objects", async () => {
  const rohit = await call.person(11).enter();
  const riya = call.person(22);
  const told: string[] = [];
  const objects = new Set<object>();
  const list = () =>
    riya.client.remoteUsers.map((user) => {
      objects.add(user);
      return `${user.uid}${user.hasAudio ? "a" : ""}${user.hasVideo ? "v" : ""}`;
    });
  for (const event of ["user-joined", "user-published", "user-unpublished", "user-left"]) {
    riya.client.on(event, () => told.push(`${event} [${list()}]`));
  }
  await riya.join();
  await eventually(() => expect(told).toHaveLength(3));
  await rohit.client.leave();
  await eventually(() => expect(told).toHaveLength(6));
  expect(told).toEqual([
    "user-joined [11]",
    "user-published [11a]",
    "user-published [11av]",
    "user-unpublished [11]",
    "user-unpublished [11]",
    "user-left []",
  ]);
  expect(objects.size).toBe(1);
  expect(riya.events.at(-1)).toBe('user-left 11 "Quit"');
});

test("a member whose client has not joined is no remote user", async () => {
  const rohit = await call.person(11).enter();
  call.person(22);
  await eventually(() => expect(rohit.client.getRemoteNetworkQuality()).toHaveProperty("22"));
  expect(rohit.client.remoteUsers).toEqual([]);
});

test("one who leaves and joins again in the same page is met again, three times over", async () => {
  const rohit = await call.person(11, { color: "red" }).enter();
  const riya = await call.person(22, { color: "blue" }).enter();
  await allPublished(rohit, riya);
  for (let round = 0; round < 3; round++) {
    await riya.client.leave();
    await riya.enter();
    await allPublished(rohit, riya);
    expect(await colorOf(rohit, riya)).toBe("blue");
    expect(await colorOf(riya, rohit)).toBe("red");
  }
  expect([rohit.openConnections.length, riya.openConnections.length]).toEqual([1, 1]);
});

test("join, leave, join at once, as StrictMode does", async () => {
  const rohit = await call.person(11, { color: "red" }).enter();
  const riya = call.person(22, { color: "blue" });
  const first = riya.join();
  const left = riya.client.leave();
  const second = riya.enter();
  const outcomes = await Promise.allSettled([first, left, second]);
  expect(outcomes[0]).toMatchObject({ status: "rejected", reason: { code: "OPERATION_ABORTED" } });
  expect(outcomes.slice(1).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  await allPublished(rohit, riya);
  expect(await colorOf(rohit, riya)).toBe("blue");
});

test("joined, left and joined again before the first offer is answered", async () => {
  call.room.delayMs = () => 60;
  const rohit = await call.person(11, { color: "red" }).enter();
  const riya = call.person(22, { color: "blue" });
  await riya.join();
  await riya.client.leave();
  await riya.enter();
  await allPublished(rohit, riya);
  expect(await colorOf(rohit, riya)).toBe("blue");
  expect(await colorOf(riya, rohit)).toBe("red");
  await eventually(() => expect([rohit.openConnections.length, riya.openConnections.length]).toEqual([1, 1]));
});

test("join called while it is leaving waits for the end of that", async () => {
  const rohit = call.person(11);
  await rohit.join();
  let rejoined: Promise<unknown> | undefined;
  rohit.client.on("connection-state-change", (state) => {
    if (state === "DISCONNECTING") rejoined ??= rohit.join();
  });
  await rohit.client.leave();
  await rejoined;
  expect(rohit.client.connectionState).toBe("CONNECTED");
});

test("leave while joining ends the join", async () => {
  const rohit = call.person(11);
  rohit.page.isConnected = false;
  const joining = rohit.join();
  await eventually(() => expect(rohit.client.connectionState).toBe("CONNECTING"));
  await expect(rohit.join()).rejects.toMatchObject({ code: "INVALID_OPERATION" });
  await rohit.client.leave();
  await expect(joining).rejects.toMatchObject({ code: "OPERATION_ABORTED", name: "AgoraRTCException" });
  expect(rohit.client.connectionState).toBe("DISCONNECTED");
});

test("join waits for the server", async () => {
  const rohit = call.person(11);
  rohit.page.isConnected = false;
  const joining = rohit.join();
  await eventually(() => expect(rohit.client.connectionState).toBe("CONNECTING"));
  rohit.page.setConnected(true);
  await joining;
  expect(rohit.client.connectionState).toBe("CONNECTED");
});

test("a reloaded page is met anew, and the old one's client is told that it is replaced", async () => {
  const rohit = await call.person(11, { color: "red" }).enter();
  const before = await call.person(22, { color: "blue" }).enter();
  await allPublished(rohit, before);
  const after = await call.person(22, { color: "lime" }).enter();
  expect(before.client.connectionState).toBe("DISCONNECTED");
  expect(before.events.at(-1)).toBe('connection-state-change "DISCONNECTED" "CONNECTED" "UID_BANNED"');
  await allPublished(rohit, after);
  await eventually(async () => expect(await colorOf(rohit, after)).toBe("lime"));
  expect(await colorOf(after, rohit)).toBe("red");
  expect(rohit.client.remoteUsers).toHaveLength(1);
  expect(rohit.openConnections).toHaveLength(1);
});

test("one whom the server has lost is gone", async () => {
  const rohit = await call.person(11).enter();
  const riya = await call.person(22).enter();
  await allPublished(rohit, riya);
  call.room.remove(22);
  expect(rohit.client.remoteUsers).toEqual([]);
  expect(rohit.openConnections).toEqual([]);
  expect(rohit.client.getRemoteNetworkQuality()).toEqual({});
});

test("fifty times in and out leave no connection open, and nothing goes wrong on the way", async () => {
  const warn = vi.spyOn(console, "warn");
  const rohit = await call.person(11, { color: "red" }).enter();
  const riya = call.person(22, { color: "blue" });
  for (let round = 0; round < 50; round++) {
    await riya.enter();
    await eventually(() => expect(riya.client.remoteUsers).toHaveLength(1));
    await riya.client.leave();
  }
  expect(riya.openConnections).toEqual([]);
  await eventually(() => expect(rohit.openConnections).toEqual([]));
  await riya.enter();
  await allPublished(rohit, riya);
  expect(await colorOf(rohit, riya)).toBe("blue");
  expect([rohit.openConnections.length, riya.openConnections.length]).toEqual([1, 1]);
  expect(warn.mock.calls).toEqual([]);
}, 90_000);
