import { expect, test } from "vitest";
import { type Device, type DeviceList, NO_DEVICES } from "./device-list";
import { deviceMoveOf } from "./device-move";

const BUILT_IN: Device = { deviceId: "1", label: "Built-in", groupId: "g1" };
const HEADSET: Device = { deviceId: "2", label: "Headset", groupId: "g2" };
const standInFor = ({ label, groupId }: Device): Device => ({
  deviceId: "default",
  label: `Default - ${label}`,
  groupId,
});

const microphones = (...devices: Device[]): DeviceList => ({ ...NO_DEVICES, microphone: devices });
const cameras = (...devices: Device[]): DeviceList => ({ ...NO_DEVICES, camera: devices });

test("what is open and was chosen stays, whatever else is plugged in", () => {
  const before = microphones(BUILT_IN);
  const now = microphones(HEADSET, BUILT_IN);
  expect(deviceMoveOf({ kind: "microphone", before, now, choice: BUILT_IN, open: BUILT_IN })).toBeNull();
});

test("from what is unplugged to the system's choice", () => {
  const before = microphones(standInFor(BUILT_IN), BUILT_IN, HEADSET);
  const now = microphones(standInFor(BUILT_IN), BUILT_IN);
  const move = deviceMoveOf({ kind: "microphone", before, now, choice: HEADSET, open: HEADSET });
  expect(move).toEqual({ to: standInFor(BUILT_IN), reason: "unplugged" });
});

test("back to the chosen one, by its name where its id is a new one", () => {
  const again = { ...HEADSET, deviceId: "3" };
  const now = microphones(BUILT_IN, again);
  const move = deviceMoveOf({
    kind: "microphone",
    before: microphones(BUILT_IN),
    now,
    choice: HEADSET,
    open: BUILT_IN,
  });
  expect(move).toEqual({ to: again, reason: "back" });
});

test("nowhere, when nothing is left", () => {
  const before = cameras(BUILT_IN);
  expect(deviceMoveOf({ kind: "camera", before, now: NO_DEVICES, choice: null, open: BUILT_IN })).toBeNull();
});

test("the system's microphone is followed: with a stand-in, and by what is listed first", () => {
  const withStandIn = deviceMoveOf({
    kind: "microphone",
    before: microphones(standInFor(BUILT_IN), BUILT_IN),
    now: microphones(standInFor(HEADSET), BUILT_IN, HEADSET),
    choice: null,
    open: standInFor(BUILT_IN),
  });
  expect(withStandIn).toEqual({ to: standInFor(HEADSET), reason: "default-changed" });
  const without = deviceMoveOf({
    kind: "microphone",
    before: microphones(BUILT_IN),
    now: microphones(HEADSET, BUILT_IN),
    choice: null,
    open: BUILT_IN,
  });
  expect(without).toEqual({ to: HEADSET, reason: "default-changed" });
});

test("a camera that is plugged in is not taken for a wish", () => {
  const now = cameras(HEADSET, BUILT_IN);
  expect(deviceMoveOf({ kind: "camera", before: cameras(BUILT_IN), now, choice: null, open: BUILT_IN })).toBeNull();
});

test("names that come with the permission are no change", () => {
  const before = microphones({ deviceId: "", label: "", groupId: "" });
  const now = microphones(BUILT_IN);
  expect(deviceMoveOf({ kind: "microphone", before, now, choice: null, open: BUILT_IN })).toBeNull();
});

test("sound that has been processed tells no device, and is left alone", () => {
  const lists = { before: microphones(BUILT_IN), now: microphones(BUILT_IN) };
  expect(deviceMoveOf({ kind: "microphone", ...lists, choice: null, open: { deviceId: "", label: "" } })).toBeNull();
});
