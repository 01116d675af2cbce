import { describe, expect, it } from "vitest";
import { classes, Message, methods, parseMessage } from "werift";
import { bindingSuccess, isSignedWith, isStun, parseBindingRequest } from "./stun-message";

const PASSWORD = "a password of the relay's";

function check(username = "relay:page", password = PASSWORD): Buffer {
  const message = new Message(methods.BINDING, classes.REQUEST);
  message.setAttribute("USERNAME", username).setAttribute("PRIORITY", 1).setAttribute("USE-CANDIDATE", null);
  return message.addMessageIntegrity(Buffer.from(password)).addFingerprint().bytes;
}

describe("a connectivity check", () => {
  it("is read, and believed with the right password alone", () => {
    const packet = check();
    expect(isStun(packet)).toBe(true);
    const request = parseBindingRequest(packet);
    expect(request).toMatchObject({ username: "relay:page", isNomination: true });
    expect(request && isSignedWith(request, PASSWORD)).toBe(true);
    expect(request && isSignedWith(request, `${PASSWORD}!`)).toBe(false);
  });

  it("is not believed when a byte before its signature was changed", () => {
    const packet = check();
    for (let at = 8; at < packet.length - 32; at++) {
      const bent = Buffer.from(packet);
      bent[at] = (bent[at] ?? 0) ^ 1;
      const request = parseBindingRequest(bent);
      expect(request && isSignedWith(request, PASSWORD)).not.toBe(true);
    }
  });

  it("is none without a user name, without a signature, cut off, or with a length that is not its own", () => {
    const unsigned = new Message(methods.BINDING, classes.REQUEST).setAttribute("USERNAME", "a:b").bytes;
    expect(parseBindingRequest(unsigned)).toBeUndefined();
    const nameless = new Message(methods.BINDING, classes.REQUEST).addMessageIntegrity(Buffer.from(PASSWORD)).bytes;
    expect(parseBindingRequest(nameless)).toBeUndefined();
    const packet = check();
    for (let length = 0; length < packet.length; length++) {
      expect(parseBindingRequest(packet.subarray(0, length))).toBeUndefined();
    }
  });

  it.each([
    ["192.0.2.1", "IPv4"],
    ["2001:db8::7", "IPv6"],
    ["::1", "IPv6"],
    ["fe80::1%eth0", "IPv6"],
    ["1:2:3:4:5:6:7:8", "IPv6"],
  ] as const)("is answered with where it came from: %s", (address, family) => {
    const transactionId = Buffer.from("0123456789ab");
    const answer = bindingSuccess({ transactionId }, { address, family, port: 40_000 }, PASSWORD);
    const message = parseMessage(answer, Buffer.from(PASSWORD));
    expect(message?.messageClass).toBe(classes.RESPONSE);
    expect(message?.transactionId).toEqual(transactionId);
    const [mapped, port] = message?.getAttributeValue("XOR-MAPPED-ADDRESS") ?? [];
    expect(port).toBe(40_000);
    const plain = new URL(family === "IPv6" ? `http://[${address.split("%")[0]}]` : `http://${address}`).hostname;
    expect(new URL(family === "IPv6" ? `http://[${mapped}]` : `http://${mapped}`).hostname).toBe(plain);
  });
});
