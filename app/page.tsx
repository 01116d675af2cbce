import { headers } from "next/headers";
import { Lobby } from "@/components/lobby/lobby";
import { PrefetchRoom } from "@/components/lobby/prefetch-room";
import { readRoomScripts } from "@/lib/room-scripts";

export default async function LobbyPage() {
  return (
    <>
      <Lobby />
      <PrefetchRoom scripts={readRoomScripts(await headers())} />
    </>
  );
}
