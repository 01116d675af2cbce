import { afterEach, beforeEach, expect, it } from "vitest";
import { newInstance, refusal, TestServer } from "./test-server";

let server: TestServer;
beforeEach(() => {
  server = new TestServer({ EMBEDDED_MAX_MEMBERS: "2" });
});
afterEach(() => server.stop());

type Person = Awaited<ReturnType<TestServer["arrive"]>>;

const offerTo = ({ uid, instance }: Person, seq = 0) => ({
  to: uid,
  toInstance: instance,
  seq,
  signal: { offer: seq },
});
const comeIn = (person: Person, signals: unknown) =>
  person.call("POST", "/api/members", { body: { name: "Riya", instance: person.instance, signals } });

it("what a newcomer says with the join is heard right after that they have come", async () => {
  const rohit = await server.enter("Rohit");
  const riya = await server.arrive();
  const answer = await comeIn(riya, [
    offerTo(rohit),
    offerTo(rohit, 1),
    { ...offerTo(rohit, 2), toInstance: newInstance() },
  ]);
  expect(answer).toMatchObject({ status: 201, body: { uid: riya.uid, created: true } });
  const sent = { from: riya.uid, fromInstance: riya.instance, to: rohit.uid, toInstance: rohit.instance };
  expect(await rohit.received()).toEqual([
    { type: "member-joined", data: expect.objectContaining({ uid: riya.uid, name: "Riya" }) },
    { type: "signal", data: { ...sent, seq: 0, signal: { offer: 0 } } },
    { type: "signal", data: { ...sent, seq: 1, signal: { offer: 1 } } },
  ]);
});

it("a join that is sent again, since its answer was lost, is heard once", async () => {
  const rohit = await server.enter("Rohit");
  const riya = await server.arrive();
  await comeIn(riya, [offerTo(rohit)]);
  expect(await comeIn(riya, [offerTo(rohit)])).toMatchObject({ status: 200 });
  expect((await rohit.received()).map(({ type }) => type)).toEqual(["member-joined", "signal"]);
});

it("of a join that is refused nobody hears anything", async () => {
  const rohit = await server.enter("Rohit");
  await server.enter("Rahul");
  await rohit.received();
  const riya = await server.arrive();
  expect(refusal(await comeIn(riya, [offerTo(rohit)]))).toMatchObject({ status: 409, code: "room_full" });
  expect(await rohit.received()).toEqual([]);
});

it("nobody speaks in another's name", async () => {
  const rohit = await server.enter("Rohit");
  const riya = await server.arrive();
  await comeIn(riya, [
    { ...offerTo(rohit), from: rohit.uid },
    { ...offerTo(rohit, 1), from: 7 },
  ]);
  expect((await rohit.received()).map(({ type }) => type)).toEqual(["member-joined"]);
});

it("what is malformed, or too much, is refused, and nobody has come", async () => {
  const rohit = await server.enter("Rohit");
  const riya = await server.arrive();
  const good = offerTo(rohit);
  for (const [signals, field] of [
    ["offer", "signals"],
    [[{ ...good, to: 0 }], "to"],
    [[{ ...good, seq: -1 }], "seq"],
    [Array.from({ length: 257 }, (_, seq) => offerTo(rohit, seq)), "signals"],
  ] as const) {
    const answer = refusal(await comeIn(riya, signals));
    expect(answer).toMatchObject({ status: 400, message: expect.stringContaining(field) });
  }
  const tooLarge = await comeIn(riya, [{ ...good, signal: "x".repeat(256 * 1024) }]);
  expect(refusal(tooLarge)).toMatchObject({ status: 413, code: "too_large" });
  expect(await rohit.received()).toEqual([]);
  expect(await rohit.roster()).toHaveLength(1);
  expect(await comeIn(riya, [{ ...good, signal: "x".repeat(200 * 1024) }])).toMatchObject({ status: 201 });
});
