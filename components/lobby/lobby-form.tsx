"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import * as z from "zod/mini";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import { readName, storeName } from "@/lib/call/seat-storage";
import { RoomName } from "@/lib/contracts/identifiers";
import { PersonName } from "@/lib/contracts/text";
import { newRoomName } from "@/lib/rooms";

interface Problems {
  room: string | null;
  name: string | null;
}

const never = () => () => undefined;

const NONE: Problems = { room: null, name: null };

/** Room and name; what is typed is put right or refused with the reason. */
export function LobbyForm() {
  const router = useRouter();
  const roomField = useRef<HTMLInputElement>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const [problems, setProblems] = useState(NONE);
  // Until the script runs, a click would send the form by the browser's own way and lose what was typed.
  const isReady = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

  // The fields are the browser's own, so that what is typed before the script has loaded is not lost.
  useEffect(() => {
    if (nameField.current && !nameField.current.value) nameField.current.value = readName();
  }, []);

  const join = (event: FormEvent) => {
    event.preventDefault();
    const room = z.safeParse(RoomName, roomField.current?.value ?? "");
    const name = z.safeParse(PersonName, nameField.current?.value ?? "");
    setProblems({ room: reasonOf(room), name: reasonOf(name) });
    if (!room.success) return roomField.current?.focus();
    if (!name.success) return nameField.current?.focus();
    storeName(name.data);
    router.push(`/room/${room.data}`);
  };

  const fillInRoom = () => {
    if (roomField.current) roomField.current.value = newRoomName();
    setProblems((now) => ({ ...now, room: null }));
  };

  return (
    <form onSubmit={join} noValidate className="flex flex-col gap-5">
      <div className="flex items-start gap-3">
        <TextField
          ref={roomField}
          label="Room"
          name="room"
          problem={problems.room}
          placeholder="MAIN"
          className="min-w-0 flex-1"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <Button tone="quiet" disabled={!isReady} onClick={fillInRoom} className="mt-[26px] shrink-0">
          New room
        </Button>
      </div>
      <TextField ref={nameField} label="Name" name="name" problem={problems.name} autoComplete="nickname" />
      <Button type="submit" disabled={!isReady}>
        Join
      </Button>
    </form>
  );
}

function reasonOf(result: z.core.util.SafeParseResult<string>): string | null {
  return result.success ? null : (result.error.issues[0]?.message ?? "This can't be used.");
}
