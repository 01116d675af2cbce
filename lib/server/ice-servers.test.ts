import { createHmac } from "node:crypto";
import * as v from "valibot";
import { expect, it } from "vitest";
import { Uid } from "@/lib/contracts/identifiers";
import { readSettings } from "./env";
import { iceServersFor } from "./ice-servers";

const uid = v.parse(Uid, 7);

it("there is no ICE server by default, and none in agora", () => {
  expect(iceServersFor(readSettings({}), uid, 1)).toEqual([]);
  const agora = {
    AGORA_APP_ID: "0".repeat(32),
    AGORA_APP_CERTIFICATE: "0".repeat(32),
    ICE_SERVERS: '[{"urls":"stun:a"}]',
  };
  expect(iceServersFor(readSettings(agora), uid, 1)).toEqual([]);
});

it("ICE_SERVERS are given as they are set", () => {
  expect(iceServersFor(readSettings({ ICE_SERVERS: '[{"urls":"stun:a"}]' }), uid, 1)).toEqual([{ urls: "stun:a" }]);
});

it("TURN credentials are short-lived: username `expiry:uid`, and its HMAC-SHA1", () => {
  const settings = readSettings({ TURN_URL: "turn:t.example:3478", TURN_SECRET: "secret" });
  expect(iceServersFor(settings, uid, 1_800_000_000)).toEqual([
    {
      urls: ["turn:t.example:3478"],
      username: "1800000000:7",
      credential: createHmac("sha1", "secret").update("1800000000:7").digest("base64"),
    },
  ]);
});
