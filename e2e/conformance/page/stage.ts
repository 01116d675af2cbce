import { asText, expectSame, isSame } from "./checks";
import type { ClientName, ClientUnderTest, Seat, SeatOptions } from "./client-under-test";
import { Person, type PersonName } from "./person";

/** Where a client may do otherwise than the SDK: what it does, and why that is no mistake. */
export type Exceptions = { [Name in ClientName]?: { is: unknown; because: string } };

/** What a scenario has to play with: a room of its own, people, and the ways to say what is expected. */
export class Stage {
  readonly client: ClientUnderTest;
  readonly differences: string[] = [];
  readonly #room: string;
  readonly #people: Person[] = [];
  readonly #seats: Seat[] = [];

  constructor(client: ClientUnderTest, room: string) {
    this.client = client;
    this.#room = room;
  }

  /** Someone with a seat, not yet joined. */
  async person(name: PersonName, options: SeatOptions = {}): Promise<Person> {
    const seat = await this.client.takeSeat(this.#room, options);
    const person = new Person(name, { seat, sdk: this.client.sdk, nameOf: (uid) => this.#nameOf(uid) });
    this.#people.push(person);
    return person;
  }

  /** A seat in another room. */
  async seatElsewhere(): Promise<Seat> {
    const seat = await this.client.takeSeat(`${this.#room}-OTHER`);
    this.#seats.push(seat);
    return seat;
  }

  async joined(name: PersonName): Promise<Person> {
    const person = await this.person(name);
    await person.join();
    return person;
  }

  /** Rohit and Riya, in the call, each published and each known to the other. */
  async two(): Promise<{ rohit: Person; riya: Person }> {
    const rohit = await this.joined("rohit");
    const riya = await this.joined("riya");
    await Promise.all([rohit, riya].map(({ client, audio, video }) => client.publish([audio, video])));
    await rohit.knows(riya, { audio: true, video: true });
    await riya.knows(rohit, { audio: true, video: true });
    return { rohit, riya };
  }

  /**
   * Expects what the SDK does, but for what is excepted.
   *
   * @throws {Error} when it is neither
   */
  expect(what: string, actual: unknown, bySdk: unknown, exceptions: Exceptions = {}): void {
    const exception = exceptions[this.client.name];
    if (!exception) {
      expectSame(what, actual, bySdk);
      return;
    }
    expectSame(what, actual, exception.is);
    if (isSame(exception.is, bySdk)) throw new Error(`${what}: ${asText(bySdk)} needs no exception any more.`);
    this.differences.push(`${what}: ${exception.because}`);
  }

  /** Says of what was not asked of this client why it was not. */
  note(difference: string): void {
    this.differences.push(difference);
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#people.map((person) => person.dispose()));
    await Promise.all(this.#seats.map((seat) => seat.release()));
  }

  #nameOf(uid: unknown): string {
    return this.#people.find((person) => person.uid === uid)?.name ?? String(uid);
  }
}

export type Scenario = (stage: Stage) => Promise<void>;
export type Scenarios = { readonly [title: string]: Scenario };
