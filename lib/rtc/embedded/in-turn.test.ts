import { expect, test } from "vitest";
import { InTurn } from "./in-turn";

test("what is asked for is done one after another, also after one that failed, whose asker hears of it", async () => {
  const turns = new InTurn();
  const done: string[] = [];
  const first = turns.run(async () => {
    await Promise.resolve();
    done.push("first");
    throw new Error("no");
  });
  const second = turns.run(async () => void done.push("second"));
  await expect(first).rejects.toThrow("no");
  await second;
  expect(done).toEqual(["first", "second"]);
});

test("of those that are to be done once, one waits, however often it is asked for; one that has begun counts no more", async () => {
  const turns = new InTurn();
  const seen: number[] = [];
  let value = 1;
  let goOn: () => void = () => undefined;
  const note = async () => {
    seen.push(value);
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
  };
  const first = [turns.runOnce(note), turns.runOnce(note)];
  value = 2;
  await Promise.resolve();
  expect(seen).toEqual([2]);
  const later = [turns.runOnce(note), turns.runOnce(note), turns.runOnce(note)];
  value = 3;
  goOn();
  await Promise.all(first);
  await Promise.resolve();
  goOn();
  await Promise.all(later);
  expect(seen).toEqual([2, 3]);
});
