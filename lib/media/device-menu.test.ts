import { expect, test } from "vitest";
import type { Device } from "./device-list";
import { deviceMenuOf } from "./device-menu";

const BUILT_IN: Device = { deviceId: "1", label: "Built-in", groupId: "g1" };
const HEADSET: Device = { deviceId: "2", label: "Headset", groupId: "g2" };
const STAND_IN: Device = { deviceId: "default", label: "Default - Headset", groupId: "g2" };
const COMMUNICATIONS: Device = { deviceId: "communications", label: "Communications - Headset", groupId: "g2" };

test("the system's choice goes by the name of what it stands for, and stand-ins are no devices", () => {
  const menu = deviceMenuOf([STAND_IN, COMMUNICATIONS, BUILT_IN, HEADSET], "microphone", null, STAND_IN);
  expect(menu).toEqual({
    devices: [BUILT_IN, HEADSET],
    defaultLabel: "Headset",
    selectedId: "",
    awayLabel: null,
  });
});

test("of cameras the one that is open is shown; systems choose none", () => {
  expect(deviceMenuOf([BUILT_IN, HEADSET], "camera", null, HEADSET)).toMatchObject({
    defaultLabel: null,
    selectedId: HEADSET.deviceId,
  });
});

test("a chosen device that is away is named, and the one in its place selected", () => {
  const menu = deviceMenuOf([BUILT_IN], "camera", HEADSET, BUILT_IN);
  expect(menu).toMatchObject({ selectedId: BUILT_IN.deviceId, awayLabel: "Headset" });
});

test("without a permission there is nothing to choose from, and nothing away", () => {
  const untold: Device = { deviceId: "", label: "", groupId: "" };
  const menu = deviceMenuOf([untold], "microphone", HEADSET, null);
  expect(menu).toEqual({ devices: [], defaultLabel: null, selectedId: "", awayLabel: null });
});
