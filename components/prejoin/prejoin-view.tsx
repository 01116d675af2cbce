import { type FormEvent, useLayoutEffect, useRef, useState } from "react";
import { CameraControl, MicrophoneControl } from "@/components/controls/device-controls";
import { KeyboardShortcuts } from "@/components/controls/keyboard-shortcuts";
import { LevelMeter } from "@/components/devices/level-meter";
import { useCall, useCallSession } from "@/components/room/call-context";
import { Logo } from "@/components/ui/logo";
import { TextField } from "@/components/ui/text-field";
import { Toolbar } from "@/components/ui/toolbar";
import type { RoomName } from "@/lib/contracts/identifiers";
import { typedPersonName } from "@/lib/contracts/names";
import { CameraPreview } from "./camera-preview";
import { DeviceMenus } from "./device-menus";
import { DeviceNotice } from "./device-notice";
import { JoinButton } from "./join-button";
import { WhoIsThere } from "./who-is-there";

/** Before joining: the person sees themselves as the others will, and nobody learns of them until the click. */
export function PrejoinView({ room }: { room: RoomName }) {
  const session = useCallSession();
  const phase = useCall((state) => state.phase);
  const problem = useCall((state) => state.problem);
  const initialName = useCall((state) => state.name);
  const [nameProblem, setNameProblem] = useState<string | null>(null);
  const nameField = useRef<HTMLInputElement>(null);

  // Before the button takes the focus, which it does where nothing has it: whoever has a name need only confirm.
  useLayoutEffect(() => {
    if (!nameField.current?.value) nameField.current?.focus();
  }, []);

  const join = (event: FormEvent) => {
    event.preventDefault();
    const typed = typedPersonName(nameField.current?.value ?? "");
    setNameProblem(typed.problem);
    if (typed.name === null) nameField.current?.focus();
    else void session.join(typed.name);
  };

  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-5xl content-center gap-x-10 gap-y-5 p-page md:grid-cols-[1.5fr_1fr]">
      <KeyboardShortcuts />
      <div className="md:col-span-2">
        <Logo />
      </div>
      <div className="flex flex-col gap-3">
        <div className="relative">
          <CameraPreview />
          <Toolbar
            label="Microphone and camera"
            className="absolute inset-x-0 bottom-4 flex items-center justify-center gap-3"
          >
            <MicrophoneControl />
            <CameraControl />
          </Toolbar>
        </div>
        <LevelMeter />
      </div>
      <form onSubmit={join} noValidate className="flex flex-col gap-5 md:row-span-2 md:self-center">
        <div>
          <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{room}</h1>
          <WhoIsThere />
        </div>
        <TextField
          ref={nameField}
          label="Name"
          name="name"
          defaultValue={initialName}
          problem={nameProblem}
          readOnly={phase === "knocking"}
          autoComplete="nickname"
        />
        <DeviceNotice />
        {problem ? (
          <p role="alert" className="rounded-xl border border-warning/40 bg-warning/10 px-4 py-3 text-sm text-warning">
            {problem}
          </p>
        ) : null}
        <JoinButton />
      </form>
      <DeviceMenus />
    </main>
  );
}
