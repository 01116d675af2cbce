import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import * as v from "valibot";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Instance, RoomName, Uid } from "@/lib/contracts/identifiers";
import type { RelayNotice, RelayOffer } from "@/lib/contracts/relay";
import { Relay } from "./relay";
import { offerOf } from "./testing/offer";

const MAIN = v.parse(RoomName, "MAIN");
const ADA = { room: MAIN, uid: v.parse(Uid, 1) };
/** A thread that loads its code, on a machine with much to do. */
const START_MS = 20_000;
vi.setConfig({ testTimeout: START_MS, hookTimeout: START_MS });

const INSTANCE = v.parse(Instance, randomUUID());

let folder: string;
let relay: Relay;
let worker: Worker;
let ports: number[];
let notices: RelayNotice[];

// What Turbopack does with it for the built app, and `next dev`.
beforeAll(async () => {
  folder = mkdtempSync(join(process.cwd(), "node_modules", ".relay-"));
  await build({
    entryPoints: ["lib/server/relay/worker.ts"],
    outfile: join(folder, "worker.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  [ports, notices] = [[], []];
  relay = new Relay({
    port: 0,
    publicAddresses: ["192.0.2.7"],
    startWorker: (workerData) => {
      worker = new Worker(join(folder, "worker.mjs"), { workerData });
      return worker;
    },
    onNotice: (_to, notice) => notices.push(notice),
    onListening: (port) => ports.push(port),
    onFailed: (error) => {
      throw error;
    },
  });
  await vi.waitFor(() => expect(ports).toHaveLength(1), START_MS);
});

afterEach(() => relay.stop());

function offer(sdp = offerOf()): RelayOffer {
  return { instance: INSTANCE, connection: "one", description: { type: "offer", sdp }, receives: [] };
}

/** What flows may have been told of before. */
const lost = () => notices.filter(({ type }) => type === "lost");

describe("the relay's main thread", () => {
  it("answers an offer with the addresses that the settings name, and its own", async () => {
    const answer = await relay.open(ADA, offer(), true);
    expect(answer).toContain(`192.0.2.7 ${ports[0]} typ host`);
    expect(answer).toContain(`127.0.0.1 ${ports[0]} typ host`);
    expect(await relay.open(ADA, offer(), false)).not.toContain("127.0.0.1 ");
  });

  it("refuses an offer that can't be answered, in a sentence", async () => {
    await expect(relay.open(ADA, offer("v=0"), true)).rejects.toMatchObject({
      code: "invalid_request",
      message: "The offer has no media.",
    });
  });

  it("takes wishes for a connection that there is, and for no other", async () => {
    await relay.open(ADA, offer(), true);
    const wishes = { instance: INSTANCE, connection: "one", seq: 0, receives: [] };
    await expect(relay.ask(ADA, wishes)).resolves.toBeUndefined();
    await expect(relay.ask(ADA, { ...wishes, connection: "other" })).rejects.toMatchObject({ code: "not_found" });
    await expect(relay.ask({ ...ADA, uid: v.parse(Uid, 2) }, wishes)).rejects.toMatchObject({ code: "not_found" });
    relay.remove(MAIN, ADA.uid);
    await expect(relay.ask(ADA, wishes)).rejects.toMatchObject({ code: "not_found" });
  });

  it("opens nothing for who is removed meanwhile, of which nothing stays", async () => {
    const opening = relay.open(ADA, offer(), true);
    relay.remove(MAIN, ADA.uid);
    await expect(opening).rejects.toMatchObject({ code: "not_found" });
    await worker.terminate();
    expect(lost()).toEqual([]);
  });

  it("knows what the worker carries, and nothing of one that died", async () => {
    await relay.open(ADA, offer(), true);
    await vi.waitFor(
      () => expect(relay.figures).toMatchObject({ connections: 1, sent: 0, leastDownlink: null }),
      START_MS,
    );
    await worker.terminate();
    expect(relay.figures.connections).toBe(0);
  });

  it("starts a worker that died again at the same port, and tells those who were connected, who need not ask twice", async () => {
    await relay.open(ADA, offer(), true);
    await worker.terminate();
    expect(lost()).toEqual([{ type: "lost", connection: "one" }]);
    await expect(relay.open(ADA, offer(), true)).resolves.toContain("a=ice-lite");
    expect(ports).toHaveLength(2);
    expect(ports[1]).toBe(ports[0]);
  });

  it("starts none at once that did not get as far as listening, and says so to who asks", async () => {
    await worker.terminate();
    const second = worker;
    await second.terminate();
    expect(worker).toBe(second);
    await expect(relay.open(ADA, offer(), true)).rejects.toMatchObject({ code: "unavailable" });
    await vi.waitFor(() => expect(ports).toHaveLength(2), START_MS);
    await expect(relay.open(ADA, offer(), true)).resolves.toContain("a=ice-lite");
  });
});
