import type { ReactNode } from "react";
import { type Player, tileStateOf } from "@/lib/call/player";
import { Obstacle } from "./obstacle";

/** The first words fit the smallest tile, the others are for who has room. */
interface Words {
  short: string;
  long?: ReactNode;
}

/**
 * How a person's connection and picture are, unless all is well. No live region: with nine people on a poor network a screen
 * reader would say little else.
 */
export function TileStatus({ player }: { player: Player }) {
  const words = wordsFor(player);
  if (!words) return null;
  return (
    <p className="absolute inset-x-2 top-3 mx-auto w-fit rounded-lg bg-ground/85 px-3 py-1.5 text-center text-sm text-warning @max-[15rem]:top-1/2 @max-[15rem]:-translate-y-1/2 @max-[15rem]:px-2 @max-[15rem]:py-1 @max-[15rem]:text-xs">
      {words.short}
      {words.long ? <span className="@max-[10rem]:hidden">{words.long}</span> : null}
    </p>
  );
}

function wordsFor(player: Player): Words | null {
  const state = tileStateOf(player);
  switch (state) {
    case "connecting":
      return { short: "Connecting…" };
    case "reconnecting":
      return { short: "Reconnecting…" };
    case "unreachable":
      return {
        short: "Can't be reached",
        long: (
          <>
            {" from here: "}
            <Obstacle uid={player.uid} />
          </>
        ),
      };
    case "connected":
      if (player.isSoundOnly) return { short: "Sound only", long: ": the network is too poor for the picture" };
      if (player.isPictureBroken) return { short: "No picture", long: ": this browser cannot show it" };
      return null;
    default:
      return state satisfies never;
  }
}
