import { expect, it } from "vitest";
import { Encoding } from "./encoding";
import { Publication } from "./publication";

function pictureIn(rids: readonly string[]): { picture: Publication; encodings: Encoding[] } {
  const picture = new Publication({ kind: "video", rids: [...rids], extensions: {} });
  const encodings = rids.map((rid, index) => new Encoding({ kind: "video", rid, index, ssrc: 10 + index }));
  for (const encoding of encodings) picture.encodings.set(encoding.rid, encoding);
  return { picture, encodings };
}

it("asks for key frames of several sizes together, and not so soon again that the browser ignores it", () => {
  const { picture, encodings } = pictureIn(["h", "f"]);
  const [half, full] = encodings;
  expect(picture.takeAsks(0)).toEqual([]);
  half?.askForKeyFrame();
  expect(picture.takeAsks(0)).toEqual([half]);
  full?.askForKeyFrame();
  expect(picture.takeAsks(300)).toEqual([]);
  half?.askForKeyFrame();
  expect(picture.takeAsks(400)).toEqual([half, full]);
  expect(picture.takeAsks(800)).toEqual([]);
});

it("does not ask for a key frame that came by itself", () => {
  const { picture, encodings } = pictureIn([""]);
  const [whole] = encodings;
  whole?.askForKeyFrame();
  whole?.noteKeyFrame();
  expect(picture.takeAsks(0)).toEqual([]);
});
