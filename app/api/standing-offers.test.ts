import { afterEach, beforeEach, expect, it } from "vitest";
import { newInstance, refusal, TestServer } from "./test-server";

let server: TestServer;
beforeEach(() => {
  server = new TestServer();
});
afterEach(() => server.stop());

type Person = Awaited<ReturnType<TestServer["arrive"]>>;

const post = "/api/rooms/:room/signals";
const leave = (person: Person, signal: unknown, seq = 0) =>
  person.call("POST", post, { body: { signals: [{ standing: `of ${person.uid}`, seq, signal }] } });
const exchangeWith = ({ uid, instance }: Person, seq = 0) => ({
  to: uid,
  toInstance: instance,
  seq,
  signal: `offer ${seq}`,
  exchange: "mine",
});
/** Looks at the room, on a stream that becomes a member's. */
async function lookIn(): Promise<Person> {
  const person = await server.arrive();
  await person.open();
  return person;
}
const comeIn = (person: Person, signals: unknown[]) =>
  person.call("POST", "/api/members", { body: { name: "Riya", instance: person.instance, signals } });
const signalsOf = async (person: Person) =>
  (await person.received()).flatMap(({ type, data }) => (type === "signal" ? [data] : []));
/** What of a newcomer's offer the one who was there hears, and what the newcomer is given for it. */
async function exchange(newcomer: Person, there: Person) {
  await comeIn(newcomer, [exchangeWith(there)]);
  const heard = await signalsOf(there);
  return { heard, given: await signalsOf(newcomer) };
}

it("a standing offer is given to the first who comes with one, and each has the other's", async () => {
  const rohit = await server.enter("Rohit");
  expect(await leave(rohit, "standing", 3)).toMatchObject({ status: 202, body: { absent: [] } });
  const [riya, rahul] = [await lookIn(), await lookIn()];
  const toRohit = { to: rohit.uid, toInstance: rohit.instance, seq: 0, signal: "offer 0" };
  const toRiya = { to: riya.uid, toInstance: riya.instance, seq: 3, signal: "standing" };
  expect(await exchange(riya, rohit)).toEqual({
    heard: [{ ...toRohit, from: riya.uid, fromInstance: riya.instance, exchangedFor: `of ${rohit.uid}` }],
    given: [{ ...toRiya, from: rohit.uid, fromInstance: rohit.instance, exchangedFor: "mine" }],
  });
  expect(await exchange(rahul, rohit)).toEqual({
    heard: [{ ...toRohit, from: rahul.uid, fromInstance: rahul.instance }],
    given: [],
  });
});

it("nobody hears of it who asks for no exchange", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "standing");
  const [riya, rahul] = [await lookIn(), await lookIn()];
  await comeIn(riya, [{ ...exchangeWith(rohit), exchange: undefined }]);
  expect(await signalsOf(riya)).toEqual([]);
  expect((await exchange(rahul, rohit)).given).toHaveLength(1);
});

it("the last one counts, and one that is taken back is gone", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "old", 0);
  await leave(rohit, "new", 1);
  // One that was retried comes after those that followed it.
  await leave(rohit, "old", 0);
  const [riya, rahul] = [await lookIn(), await lookIn()];
  expect((await exchange(riya, rohit)).given).toEqual([expect.objectContaining({ signal: "new" })]);
  await leave(rohit, "another", 2);
  await leave(rohit, null, 3);
  expect((await exchange(rahul, rohit)).given).toEqual([]);
});

it("a join that is sent again takes nothing twice", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "standing");
  const riya = await lookIn();
  await exchange(riya, rohit);
  await leave(rohit, "next", 1);
  expect(await exchange(riya, rohit)).toEqual({ heard: [], given: [] });
  expect((await exchange(await lookIn(), rohit)).given).toEqual([expect.objectContaining({ signal: "next" })]);
});

it("it ends with its page's seat, and is exchanged after the join, too", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "standing");
  await rohit.call("DELETE", "/api/members");
  await rohit.call("POST", "/api/members", { body: { name: "Rohit", instance: rohit.instance } });
  expect((await exchange(await lookIn(), rohit)).given).toEqual([]);
  await leave(rohit, "next", 1);
  const rahul = await server.enter("Rahul");
  await rahul.call("POST", post, { body: { signals: [exchangeWith(rohit)] } });
  expect(await signalsOf(rahul)).toEqual([expect.objectContaining({ signal: "next" })]);
});

it("it is that page's which left it, and no screen's", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "standing");
  const screen = await rohit.call("POST", "/api/token", { body: { room: "MAIN", purpose: "screen" } });
  expect(screen).toMatchObject({ status: 200, body: { uid: expect.any(Number) } });
  const { uid } = screen.body as { uid: number };
  const riya = await lookIn();
  await comeIn(riya, [{ ...exchangeWith(rohit), to: uid }]);
  expect(await signalsOf(riya)).toEqual([]);

  const instance = newInstance();
  await rohit.call("POST", "/api/members", { body: { name: "Rohit", instance } });
  await comeIn(riya, [{ ...exchangeWith(rohit, 1), toInstance: instance }]);
  expect(await signalsOf(riya)).toEqual([]);
});

it("who has no stream to be given it on is answered like anyone", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "standing");
  await comeIn(await server.arrive(), [exchangeWith(rohit)]);
  expect(await signalsOf(rohit)).toEqual([expect.not.objectContaining({ exchangedFor: expect.anything() })]);
});

it("what is malformed or too long is refused, and what there was stays", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "standing");
  for (const [signal, words] of [
    [{ standing: true, seq: 1, signal: 1 }, "standing"],
    [{ standing: "x".repeat(65), seq: 1, signal: 1 }, "standing"],
    [{ standing: "mine", seq: -1, signal: 1 }, "seq"],
    [{ standing: "mine", seq: 1, signal: "x".repeat(32 * 1024) }, "characters"],
    [{ to: rohit.uid, toInstance: rohit.instance, seq: 1, signal: 1, exchange: true }, "exchange"],
  ] as const) {
    const answer = refusal(await rohit.call("POST", post, { body: { signals: [signal] } }));
    expect(answer).toMatchObject({ status: 400, message: expect.stringContaining(words) });
  }
  expect((await exchange(await lookIn(), rohit)).given).toHaveLength(1);
});
