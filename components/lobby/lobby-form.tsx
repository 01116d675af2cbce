"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import { readName, storeName } from "@/lib/call/visit-storage";
import { typedPersonName, typedRoomName } from "@/lib/contracts/names";
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
    const room = typedRoomName(roomField.current?.value ?? "");
    const name = typedPersonName(nameField.current?.value ?? "");
    setProblems({ room: room.problem, name: name.problem });
    if (room.name === null) return roomField.current?.focus();
    if (name.name === null) return nameField.current?.focus();
    storeName(name.name);
    router.push(`/room/${room.name}`);
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
