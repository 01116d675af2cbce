"use client";

import dynamic from "next/dynamic";
import type { RoomName } from "@/lib/contracts/identifiers";
import { RoomSkeleton } from "./room-skeleton";

// The SDK touches `window` when it is loaded: it must never be on the server.
const RoomScreen = dynamic(() => import("./room-screen").then((module) => module.RoomScreen), {
  ssr: false,
  loading: () => <RoomSkeleton problem={null} />,
});

/** The room's page, whose code comes when it is needed. */
export function RoomLoader({ room }: { room: RoomName }) {
  // A key, so that going from one room's link to another's is leaving the one and opening the other.
  return <RoomScreen key={room} room={room} />;
}
