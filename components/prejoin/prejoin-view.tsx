import { type FormEvent, memo, type Ref, useLayoutEffect, useRef, useState } from "react";
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

/**
 * Before joining: the person sees themselves as the others will, and nobody learns of them until the click. What changes with the
 * click is asked by the parts that show it, and what is around it draws it once: to draw all of it anew comes in the middle of the join.
 */
export const PrejoinView = memo(function PrejoinView({ room }: { room: RoomName }) {
  const session = useCallSession();
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
        <NameField ref={nameField} problem={nameProblem} />
        <DeviceNotice />
        <Refusal />
        <JoinButton />
      </form>
      <DeviceMenus />
    </main>
  );
});

/** Starts with the name that the person goes by, and keeps what they type. */
function NameField({ ref, problem }: { ref: Ref<HTMLInputElement>; problem: string | null }) {
  const { store } = useCallSession();
  const [initialName] = useState(() => store.getState().name);
  const isKnocking = useCall((state) => state.phase === "knocking");
  return (
    <TextField
      ref={ref}
      label="Name"
      name="name"
      defaultValue={initialName}
      problem={problem}
      readOnly={isKnocking}
      autoComplete="nickname"
    />
  );
}

/** Why the way in is not open, in words. */
function Refusal() {
  const problem = useCall((state) => state.problem);
  if (!problem) return null;
  return (
    <p role="alert" className="rounded-xl border border-warning/40 bg-warning/10 px-4 py-3 text-sm text-warning">
      {problem}
    </p>
  );
}
