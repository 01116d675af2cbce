import type { Metadata } from "next";
import { redirect } from "next/navigation";
import * as v from "valibot";
import { InvalidRoom } from "@/components/room/invalid-room";
import { RoomLoader } from "@/components/room/room-loader";
import { RoomName } from "@/lib/contracts/identifiers";

interface RoomPageProps {
  params: Promise<{ room: string }>;
}

/** What stands in the link, decoded; a malformed escape is left as it is, and refused like any other odd name. */
async function typedRoom(params: RoomPageProps["params"]): Promise<string> {
  const { room } = await params;
  try {
    return decodeURIComponent(room);
  } catch (error) {
    if (error instanceof URIError) return room;
    throw error;
  }
}

export async function generateMetadata({ params }: RoomPageProps): Promise<Metadata> {
  const room = v.safeParse(RoomName, await typedRoom(params));
  // Whoever has the link can come in: it is not for search engines to hand out.
  return { title: room.success ? room.output : "No such room", robots: { index: false, follow: false } };
}

export default async function RoomPage({ params }: RoomPageProps) {
  const typed = await typedRoom(params);
  const room = v.safeParse(RoomName, typed);
  if (!room.success) return <InvalidRoom reason={room.issues[0].message} />;
  // One room, one address: `/room/main` and `/room/MAIN` are the same people.
  if (room.output !== typed) redirect(`/room/${room.output}`);
  return <RoomLoader room={room.output} />;
}
