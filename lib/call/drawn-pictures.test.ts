import { expect, test, vi } from "vitest";
import type { Uid } from "@/lib/contracts/identifiers";
import { DrawnPictures } from "./drawn-pictures";

const RIYA = 7 as Uid;

test("a picture that is drawn twice counts as large as its larger tile, until both are gone", () => {
  const pictures = new DrawnPictures();
  const goFromWindow = pictures.draw(RIYA, 120);
  const goFromStage = pictures.draw(RIYA, 600);
  expect(pictures.heightOf(RIYA)).toBe(600);
  goFromStage();
  expect(pictures.heightOf(RIYA)).toBe(120);
  goFromWindow();
  expect(pictures.heightOf(RIYA)).toBeUndefined();
});

test("each change is told, until it is not listened to any more", () => {
  const pictures = new DrawnPictures();
  const listener = vi.fn();
  const stop = pictures.listen(listener);
  const go = pictures.draw(RIYA, 120);
  go();
  expect(listener.mock.calls).toEqual([[RIYA], [RIYA]]);
  stop();
  pictures.draw(RIYA, 120);
  expect(listener).toHaveBeenCalledTimes(2);
});

test("a tile that is replaced by another of the same person keeps the picture", () => {
  const pictures = new DrawnPictures();
  const goOld = pictures.draw(RIYA, 120);
  pictures.draw(RIYA, 200);
  goOld();
  goOld();
  expect(pictures.heightOf(RIYA)).toBe(200);
});
