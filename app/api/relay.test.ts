import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Instance, RoomName, Uid } from "@/lib/contracts/identifiers";
import { RelayAnswer, type RelayNotice } from "@/lib/contracts/relay";
import type { Relay } from "@/lib/server/relay/relay";
import { newInstance, refusal, TestServer } from "./test-server";

/** The relay itself is tried in `lib/server/relay`; here it is who may speak with it, and of whom it is told. */
const relay = {
  open: vi.fn(() => Promise.resolve("an answer")),
  ask: vi.fn(() => Promise.resolve()),
  remove: vi.fn<(room: RoomName, uid: Uid) => void>(),
};

let server: TestServer;

beforeEach(() => {
  vi.clearAllMocks();
  server = new TestServer();
});

afterEach(() => server.stop());

function startRelay(): void {
  server.runtime.relay = relay as unknown as Relay;
}

const offerOf = (instance: Instance) => ({
  instance,
  connection: "one",
  description: { type: "offer", sdp: "v=0" },
  receives: [],
});

describe("a connection to the relay", () => {
  it("is made for a member's page", async () => {
    startRelay();
    const ada = await server.enter("Ada");
    const answer = await ada.call("POST", "/api/rooms/:room/relay", { body: offerOf(ada.instance) });
    expect(answer.status).toBe(200);
    expect(v.parse(RelayAnswer, answer.body).description.sdp).toBe("an answer");
    const slots = { instance: ada.instance, connection: "one", seq: 0, receives: [{ mid: "2", uid: 7, height: 90 }] };
    expect((await ada.call("POST", "/api/rooms/:room/relay/slots", { body: slots })).status).toBe(204);
    expect(relay.ask).toHaveBeenCalledWith({ room: "MAIN", uid: ada.uid }, slots);
  });

  it("is made for a member's screen, and for nobody else's", async () => {
    startRelay();
    const [ada, bob] = [await server.enter("Ada"), await server.enter("Bob")];
    const screen = await ada.call("POST", "/api/token", { body: { room: "MAIN", purpose: "screen" } });
    const { uid } = screen.body as { uid: Uid };
    const ofScreen = (page: typeof ada) =>
      page.call("POST", "/api/rooms/:room/relay", { body: { ...offerOf(page.instance), uid } });
    expect((await ofScreen(ada)).status).toBe(200);
    expect(relay.open).toHaveBeenLastCalledWith({ room: "MAIN", uid }, expect.anything(), false);
    expect(refusal(await ofScreen(bob))).toMatchObject({ status: 403, code: "not_a_member" });
  });

  it.each(["/api/rooms/:room/relay", "/api/rooms/:room/relay/slots"])("%s is refused", async (path) => {
    startRelay();
    const ada = await server.enter("Ada");
    const body = { ...offerOf(ada.instance), seq: 0 };
    const watcher = await server.arrive();
    const cases = [
      [await watcher.call("POST", path, { body }), 403, "not_a_member"],
      [await ada.call("POST", path.replace(":room", "OTHER"), { body }), 403, "wrong_room"],
      [await ada.call("POST", path, { body: { ...body, instance: newInstance() } }), 403, "not_a_member"],
      [await ada.call("POST", path, { body: { ...body, receives: [{ mid: "2", uid: 0 }] } }), 400, "invalid_request"],
      [await ada.call("POST", path, { body: { ...body, connection: "" } }), 400, "invalid_request"],
    ] as const;
    for (const [answer, status, code] of cases) expect(refusal(answer)).toMatchObject({ status, code });
    await ada.call("DELETE", "/api/members");
    expect(refusal(await ada.call("POST", path, { body }))).toMatchObject({ status: 403 });
    expect(relay.open).not.toHaveBeenCalled();
    expect(relay.ask).not.toHaveBeenCalled();
  });

  it("is not to be had where there is no relay", async () => {
    const ada = await server.enter("Ada");
    const answer = await ada.call("POST", "/api/rooms/:room/relay", { body: offerOf(ada.instance) });
    expect(refusal(answer)).toMatchObject({ status: 503, code: "unavailable" });
  });

  it("ends with the member, the member's page and the member's screen", async () => {
    startRelay();
    const ada = await server.enter("Ada");
    const { body } = await ada.call("POST", "/api/token", { body: { room: "MAIN", purpose: "screen" } });
    const { uid: screen } = body as { uid: Uid };
    ada.reload();
    await ada.open();
    await ada.join("Ada");
    expect(relay.remove.mock.calls).toEqual([
      ["MAIN", screen],
      ["MAIN", ada.uid],
    ]);
    await ada.call("DELETE", "/api/members");
    expect(relay.remove).toHaveBeenLastCalledWith("MAIN", ada.uid);
    expect(relay.remove).toHaveBeenCalledTimes(3);
  });

  it("says what flows to the page that it is of, a screen's to its owner, and to no other", async () => {
    const [ada, bob] = [await server.enter("Ada"), await server.enter("Bob")];
    await ada.received();
    await bob.received();
    const notice: RelayNotice = { type: "lost", connection: "one" };
    const { room } = ada.credentials;
    server.runtime.hub.noteRelay(room, ada, notice);
    server.runtime.hub.noteRelay(room, { ...bob, uid: bob.uid, instance: newInstance() }, notice);
    expect(await ada.received()).toMatchObject([{ type: "relay", data: notice }]);
    expect(await bob.received()).toEqual([]);
  });
});
