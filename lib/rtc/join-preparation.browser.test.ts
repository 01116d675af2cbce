import type { IAgoraRTCClient } from "agora-rtc-react";
import * as v from "valibot";
import { expect, test } from "vitest";
import type { Credentials } from "@/lib/contracts/http";
import { Instance, Uid } from "@/lib/contracts/identifiers";
import { randomUuid } from "@/lib/random-uuid";
import { NOTHING_AHEAD, type SeatToBe } from "./embedded/ahead";
import { OfferDesk } from "./embedded/offer-draft";
import { JoinPreparation } from "./join-preparation";

const TURN = { urls: ["turn:192.0.2.1:3478"], username: "600:1", credential: "secret" };

function prepared() {
  const made: RTCPeerConnection[] = [];
  const desk = new OfferDesk(() => {
    const connection = new RTCPeerConnection();
    made.push(connection);
    return connection;
  });
  return { preparation: new JoinPreparation(desk), desk, made };
}

function credentials(change: Partial<Credentials> = {}): Credentials {
  return { transport: "embedded", iceServers: [], topology: "auto", ...change } as Credentials;
}

test("an offer is drafted where one will be wanted, and thrown away when none will", async () => {
  const { preparation, made } = prepared();
  preparation.expect(credentials());
  preparation.expect(credentials({ topology: "direct" }));
  expect(made).toHaveLength(1);
  await expect.poll(() => made[0]?.signalingState).toBe("have-local-offer");
  preparation.expect(undefined);
  expect(made[0]?.signalingState).toBe("closed");
});

test.each<[string, Partial<Credentials>]>([
  ["an ICE server would be asked, and learn of the page", { iceServers: [TURN] }],
  ["the relay carries the media", { topology: "relay" }],
  ["the transport is Agora's", { transport: "agora" }],
])("none is where %s", (_, change) => {
  const { preparation, made } = prepared();
  preparation.expect(credentials(change));
  expect(made).toEqual([]);
});

test("one that was made without ICE servers is not used where there are some now", async () => {
  const { preparation, desk, made } = prepared();
  preparation.expect(credentials());
  await desk.draft();
  await expect.poll(() => made[0]?.signalingState).toBe("have-local-offer");
  const seat: SeatToBe = {
    uid: v.parse(Uid, 1),
    instance: v.parse(Instance, randomUuid()),
    role: "person",
    topology: "auto",
    iceServers: [TURN],
  };
  // What the SDK's own client does ahead of a join: nothing.
  expect(preparation.begin({} as IAgoraRTCClient, seat, () => [])).toBe(NOTHING_AHEAD);
  expect(made[0]?.signalingState).toBe("closed");
});
