import type { IAgoraRTCClient } from "agora-rtc-react";
import * as v from "valibot";
import { expect, test, vi } from "vitest";
import type { Credentials } from "@/lib/contracts/http";
import { Instance, Uid } from "@/lib/contracts/identifiers";
import { randomUuid } from "@/lib/random-uuid";
import { NOTHING_AHEAD, type SeatToBe } from "./embedded/ahead";
import { DraftDesk } from "./embedded/draft";
import { JoinPreparation } from "./join-preparation";

const TURN = { urls: ["turn:192.0.2.1:3478"], username: "600:1", credential: "secret" };

function prepared() {
  const made: RTCPeerConnection[] = [];
  const desk = new DraftDesk(() => {
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

/** What one who is alone in the call leaves, of a connection of theirs. */
async function standingOffer() {
  const desk = new DraftDesk();
  await desk.draft();
  const draft = desk.take();
  if (!draft) throw new Error("No offer was drafted.");
  draft.connection.close();
  return {
    from: { uid: v.parse(Uid, 2), instance: v.parse(Instance, randomUuid()) },
    offer: {
      connection: draft.id,
      description: { type: "offer", sdp: draft.sdp },
      sends: { audio: "on", video: "on" },
      wants: { audio: true, video: true },
      ways: { relay: "off", isDirectOut: false, takes: "direct" },
      isHeard: true,
      quality: { uplink: 0, downlink: 0 },
    },
  };
}

test("where somebody has left an offer it is the answer that is drafted, whichever comes first; an offer again when it is gone", async () => {
  const { preparation, made } = prepared();
  const left = await standingOffer();
  preparation.noteOffer(left);
  expect(made).toEqual([]);
  preparation.expect(credentials());
  await expect.poll(() => made[0]?.localDescription?.type).toBe("answer");
  preparation.noteOffer(null);
  expect(made[0]?.signalingState).toBe("closed");
  await expect.poll(() => made[1]?.localDescription?.type).toBe("offer");
  preparation.noteOffer(left);
  await expect.poll(() => made[2]?.localDescription?.type).toBe("answer");
  preparation.expect(undefined);
  expect(made.map(({ signalingState }) => signalingState)).toEqual(["closed", "closed", "closed"]);
});

test("what is left by who knows whom is not trusted: one that is not understood is no offer, and that is said", async () => {
  const warned = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const { preparation, made } = prepared();
  const { from, offer } = await standingOffer();
  preparation.expect(credentials());
  preparation.noteOffer({ from, offer: { ...offer, sends: "everything" } });
  expect(warned).toHaveBeenCalledOnce();
  await expect.poll(() => made[0]?.localDescription?.type).toBe("offer");
  preparation.noteOffer({ from, offer: { ...offer, description: { type: "offer", sdp: "v=nonsense" } } });
  await expect.poll(() => warned.mock.calls.length).toBe(2);
  preparation.expect(undefined);
  warned.mockRestore();
});
