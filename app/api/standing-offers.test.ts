import { afterEach, beforeEach, expect, it } from "vitest";
import { newInstance, refusal, TestServer } from "./test-server";

let server: TestServer;
beforeEach(() => {
  server = new TestServer();
});
afterEach(() => server.stop());

type Person = Awaited<ReturnType<TestServer["arrive"]>>;

const leave = (person: Person, offer: unknown, more: object = {}) =>
  person.call("POST", "/api/members/offer", {
    body: { instance: person.instance, offer, onJoin: { addressesOf: offer }, ...more },
  });
/** Looks at the room, on a stream that becomes a member's. */
async function lookIn(): Promise<Person> {
  const person = await server.arrive();
  await person.open();
  return person;
}
const comeIn = (person: Person) =>
  person.call("POST", "/api/members", { body: { name: "Riya", instance: person.instance } });
const heardBy = async (person: Person, type: string) =>
  (await person.received()).flatMap((event) => (event.type === type ? [event.data] : []));
const offersTo = (person: Person) => heardBy(person, "standing-offer");
const signalsTo = (person: Person) => heardBy(person, "signal");

it("what one who is alone has left is told to those in the lobby, and to who looks in later; not what is for who joins", async () => {
  const rohit = await server.enter("Rohit");
  const riya = await lookIn();
  expect(await offersTo(riya)).toEqual([]);
  expect(await leave(rohit, "first")).toMatchObject({ status: 204 });
  const left = { uid: rohit.uid, instance: rohit.instance, offer: "first" };
  expect(await offersTo(riya)).toEqual([left]);
  expect(await offersTo(await lookIn())).toEqual([left]);
  expect(await offersTo(rohit)).toEqual([]);
});

it("who joins first gets the signal that was left for them, and nobody after them", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "first");
  const [riya, rahul] = [await lookIn(), await lookIn()];
  await comeIn(riya);
  await comeIn(rahul);
  expect(await signalsTo(riya)).toEqual([
    {
      from: rohit.uid,
      fromInstance: rohit.instance,
      to: riya.uid,
      toInstance: riya.instance,
      seq: 0,
      signal: { addressesOf: "first" },
    },
  ]);
  expect(await signalsTo(rahul)).toEqual([]);
  expect(await offersTo(await lookIn())).toEqual([]);
});

it("a join that is sent again gets nothing twice, and takes nothing", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "first");
  const riya = await lookIn();
  await comeIn(riya);
  await comeIn(riya);
  expect(await signalsTo(riya)).toHaveLength(1);
});

it("the last one counts, and one that is taken back is gone", async () => {
  const rohit = await server.enter("Rohit");
  const riya = await lookIn();
  await leave(rohit, "first");
  await leave(rohit, "second");
  await leave(rohit, null);
  expect(await offersTo(riya)).toEqual(["first", "second", null].map((offer) => expect.objectContaining({ offer })));
  expect(await offersTo(await lookIn())).toEqual([]);
  await comeIn(riya);
  expect(await signalsTo(riya)).toEqual([]);
});

it("one who is not alone leaves nothing", async () => {
  const rohit = await server.enter("Rohit");
  await server.enter("Rahul");
  const riya = await lookIn();
  expect(await leave(rohit, "late")).toMatchObject({ status: 204 });
  expect(await offersTo(riya)).toEqual([]);
  await comeIn(riya);
  expect(await signalsTo(riya)).toEqual([]);
});

it("it is that page's: the word of one that was replaced counts no more, and what it had left is gone", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "first");
  const instance = newInstance();
  await rohit.call("POST", "/api/members", { body: { name: "Rohit", instance } });
  await leave(rohit, "of the page before");
  const riya = await lookIn();
  expect(await offersTo(riya)).toEqual([]);
  await leave(rohit, "of the new page", { instance });
  expect(await offersTo(riya)).toEqual([{ uid: rohit.uid, instance, offer: "of the new page" }]);
});

it("while its page has no stream nobody is told of it, and who joins gets nothing that nobody would hear the answer to", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "first");
  const riya = await lookIn();
  rohit.drop();
  await expect.poll(() => offersTo(riya)).toContainEqual(expect.objectContaining({ offer: null }));
  expect(await offersTo(await lookIn())).toEqual([]);
  await comeIn(riya);
  expect(await signalsTo(riya)).toEqual([]);
});

it("outside a locked door nobody hears of it; when it is opened they do", async () => {
  const rohit = await server.enter("Rohit");
  const riya = await lookIn();
  const lock = (isLocked: boolean) => rohit.call("PATCH", "/api/rooms/:room", { body: { isLocked } });
  expect(await lock(true)).toMatchObject({ status: 200 });
  await leave(rohit, "first");
  expect(await offersTo(riya)).toEqual([]);
  expect(await offersTo(await lookIn())).toEqual([]);
  await lock(false);
  expect(await offersTo(riya)).toEqual([{ uid: rohit.uid, instance: rohit.instance, offer: "first" }]);
});

it("what comes of no member, or is malformed or too long, is refused, and what there was stays", async () => {
  const rohit = await server.enter("Rohit");
  await leave(rohit, "first");
  const riya = await lookIn();
  expect(refusal(await leave(riya, "of nobody"))).toMatchObject({ status: 403, code: "not_a_member" });
  const malformed = refusal(await leave(rohit, "second", { instance: "me" }));
  expect(malformed).toMatchObject({ status: 400, message: expect.stringContaining("instance") });
  expect(refusal(await leave(rohit, "x".repeat(33 * 1024)))).toMatchObject({ status: 413, code: "too_large" });
  expect(await offersTo(riya)).toEqual([expect.objectContaining({ offer: "first" })]);
});
