import { setTimeout as delay } from "node:timers/promises";
import { HttpClient } from "./http-client";
import { LoadPerson } from "./load-person";
import { type ServerFigures, serverFigures } from "./server-figures";
import { Tally } from "./tally";

export interface Scenario {
  title: string;
  rooms: number;
  /** In each room. */
  people: number;
  /** How many come in at the same time. */
  arrivingAtOnce: number;
  /** How long the calls go on when everyone is in. */
  talkSeconds: number;
  /** Each person writes so often. */
  secondsBetweenMessages: number;
  /** How many more try to come in when everyone is, and are to be refused. */
  tooMany: number;
}

export interface Outcome {
  scenario: Scenario;
  tally: Tally;
  joinsPerSecond: number;
  before: ServerFigures;
  /** When everyone is in and talks. */
  amid: ServerFigures;
  after: ServerFigures;
  /** Of one core, while everyone talks. */
  cpuShare: number;
  messages: { sent: number; heard: number; due: number };
  signals: { heard: number; due: number };
  refused: number;
  /** Each is a failure: what was lost, came twice or out of turn, was refused, or stayed. */
  problems: string[];
}

const SETTLE_MS = 20_000;

/** Plays a scenario against a server that has room for just so many. */
export async function play(scenario: Scenario, url: string, metricsToken: string): Promise<Outcome> {
  const tally = new Tally();
  const http = new HttpClient(url, tally);
  const problems: string[] = [];
  const people = Array.from({ length: scenario.rooms * scenario.people }, (_, index) => {
    const room = `LOAD-${index % scenario.rooms}`;
    return new LoadPerson(room, http, tally);
  });
  const before = await serverFigures(http, metricsToken);

  const startedAtMs = performance.now();
  await atOnce(people, scenario.arrivingAtOnce, async (person) => {
    const refusal = await person.arrive();
    if (refusal) throw new Error(`Nobody was to be refused yet: ${JSON.stringify(refusal)}`);
    await person.join("Someone");
  });
  const joinsPerSecond = people.length / ((performance.now() - startedAtMs) / 1_000);
  await until(() => people.every((person) => person.isIdle && person.others.size === scenario.people - 1));

  const cpuBefore = await serverFigures(http, metricsToken);
  const talkedFromMs = performance.now();
  const [refused] = await Promise.all([refuse(scenario, http, tally, problems), talk(scenario, people)]);
  const amid = await serverFigures(http, metricsToken);
  const cpuShare = (amid.cpuSeconds - cpuBefore.cpuSeconds) / ((performance.now() - talkedFromMs) / 1_000);
  await until(() => people.every((person) => person.isIdle && heardAll(person, people)));

  const sent = people.reduce((sum, { messagesSent }) => sum + messagesSent, 0);
  const messages = { sent, heard: countHeard(people, "messages"), due: sent * scenario.people };
  const sentSignals = people.flatMap((person) => [...person.sentSignals.values()]);
  const signals = { heard: countHeard(people, "signals"), due: sentSignals.reduce((sum, count) => sum + count, 0) };
  for (const person of people) {
    problems.push(...person.problems, ...person.heard.disorders);
    if (person.others.size !== scenario.people - 1) problems.push(`Someone sees ${person.others.size} others.`);
  }
  if (messages.heard !== messages.due) problems.push(`${messages.due - messages.heard} messages were lost.`);
  if (signals.heard !== signals.due) problems.push(`${signals.due - signals.heard} signals were lost.`);

  await atOnce(people, scenario.arrivingAtOnce, (person) => person.leave());
  for (const person of people) person.close();
  await until(async () => (await serverFigures(http, metricsToken)).streams === 0);
  const after = await serverFigures(http, metricsToken);
  if (after.members !== 0) problems.push(`${after.members} ghosts stayed.`);
  http.close();
  return { scenario, tally, joinsPerSecond, before, amid, after, cpuShare, messages, signals, refused, problems };
}

async function atOnce<T>(items: readonly T[], count: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const one = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: count }, one));
}

/** Everyone writes in their turn, so that what is written comes evenly. */
async function talk(scenario: Scenario, people: readonly LoadPerson[]): Promise<void> {
  const beganAtMs = performance.now();
  const saying: Promise<void>[] = [];
  for (let turn = 0; ; turn++) {
    const dueMs = beganAtMs + (turn * scenario.secondsBetweenMessages * 1_000) / people.length;
    if (dueMs > beganAtMs + scenario.talkSeconds * 1_000) break;
    if (dueMs > performance.now()) await delay(dueMs - performance.now());
    const person = people[turn % people.length];
    if (person) saying.push(person.say());
  }
  await Promise.all(saying);
}

/** @returns how many were refused as they should be */
async function refuse(scenario: Scenario, http: HttpClient, tally: Tally, problems: string[]): Promise<number> {
  let refused = 0;
  const strangers = Array.from({ length: scenario.tooMany }, () => new LoadPerson("LOAD-TOO-MANY", http, tally));
  await atOnce(strangers, 4, async (stranger) => {
    const refusal = await stranger.arrive();
    if (refusal?.status === 503 && Number(refusal.retryAfter) > 0) refused++;
    else problems.push(`One too many was answered ${JSON.stringify(refusal)}.`);
    stranger.close();
  });
  return refused;
}

function heardAll(person: LoadPerson, people: readonly LoadPerson[]): boolean {
  return people.every(
    (other) =>
      other.room !== person.room ||
      other.uid === undefined ||
      (person.heard.messages.get(other.uid) ?? 0) === other.messagesSent,
  );
}

function countHeard(people: readonly LoadPerson[], kind: "messages" | "signals"): number {
  return people.reduce((sum, { heard }) => sum + [...heard[kind].values()].reduce((all, count) => all + count, 0), 0);
}

/** What is not so within the time shows in what is counted after it. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + SETTLE_MS;
  while (!(await isSo()) && performance.now() < deadlineMs) await delay(100);
}
