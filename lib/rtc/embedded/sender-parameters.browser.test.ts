import { afterEach, expect, test, vi } from "vitest";
import { changeParameters } from "./sender-parameters";

const connections: RTCPeerConnection[] = [];

function senderOf(): RTCRtpSender {
  const connection = new RTCPeerConnection();
  connections.push(connection);
  return connection.addTransceiver("video").sender;
}

function limitTo(maxBitrate: number) {
  return ({ encodings }: RTCRtpSendParameters) => {
    for (const encoding of encodings) encoding.maxBitrate = maxBitrate;
    return true;
  };
}

const limitOf = (sender: RTCRtpSender) => sender.getParameters().encodings[0]?.maxBitrate;

afterEach(() => {
  for (const connection of connections.splice(0)) connection.close();
});

test("a sender is set to what is wanted, and neither asked nor set again while it is", async () => {
  const sender = senderOf();
  await changeParameters(sender, { maxBitrate: 100_000 }, limitTo(100_000));
  expect(limitOf(sender)).toBe(100_000);
  const asked = vi.spyOn(sender, "getParameters");
  await changeParameters(sender, { maxBitrate: 100_000 }, limitTo(100_000));
  expect(asked).not.toHaveBeenCalled();
  await changeParameters(sender, { maxBitrate: 200_000 }, limitTo(200_000));
  expect(limitOf(sender)).toBe(200_000);
  await changeParameters(sender, { maxBitrate: 100_000 }, limitTo(100_000));
  expect(limitOf(sender)).toBe(100_000);
});

test("what could not be set is tried again, and another sender is another matter", async () => {
  const [sender, other] = [senderOf(), senderOf()];
  const refused = vi.spyOn(sender, "setParameters").mockRejectedValue(new DOMException("busy", "InvalidStateError"));
  await expect(changeParameters(sender, 1, limitTo(100_000))).rejects.toThrow("busy");
  refused.mockRestore();
  await changeParameters(other, 1, limitTo(100_000));
  await changeParameters(sender, 1, limitTo(100_000));
  expect([limitOf(sender), limitOf(other)]).toEqual([100_000, 100_000]);
});

test("a sender without encodings, as some browsers' before a description, is asked again", async () => {
  const sender = senderOf();
  const asked = vi.spyOn(sender, "getParameters");
  asked.mockReturnValueOnce({ ...sender.getParameters(), encodings: [] });
  await changeParameters(sender, 1, limitTo(100_000));
  expect(limitOf(sender)).toBeUndefined();
  await changeParameters(sender, 1, limitTo(100_000));
  expect(limitOf(sender)).toBe(100_000);
});
