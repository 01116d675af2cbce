import { Pencil } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useCallSession } from "@/components/room/call-context";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import { AppError } from "@/lib/app-error";
import { typedPersonName } from "@/lib/contracts/names";

/** This person's own name, which they can change for everyone. */
export function OwnName({ name, mark }: { name: string; mark: ReactNode }) {
  const [isChanging, setIsChanging] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasChanging = useRef(false);

  useEffect(() => {
    // The field had the focus and is gone.
    if (wasChanging.current && !isChanging) pencil.current?.focus();
    wasChanging.current = isChanging;
  }, [isChanging]);

  if (isChanging) return <NameForm name={name} onDone={() => setIsChanging(false)} />;
  return (
    <p className="flex items-center whitespace-pre">
      <bdi className="truncate">{name}</bdi>
      {mark}
      <span className="shrink-0 text-muted"> you</span>
      <button
        ref={pencil}
        type="button"
        aria-label="Change your name"
        title="Change your name"
        onClick={() => setIsChanging(true)}
        className="ml-1 shrink-0 rounded-full p-2 text-muted transition-colors hover:bg-raised hover:text-ink"
      >
        <Pencil className="size-4" aria-hidden="true" />
      </button>
    </p>
  );
}

function NameForm({ name, onDone }: { name: string; onDone: () => void }) {
  const session = useCallSession();
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    field.current?.select();
  }, []);

  const refuse = (words: string) => {
    setProblem(words);
    field.current?.focus();
  };
  const save = async () => {
    const typed = typedPersonName(field.current?.value ?? "");
    if (typed.name === null) return refuse(typed.problem);
    if (typed.name === name) return onDone();
    setIsSaving(true);
    try {
      await session.rename(typed.name);
      onDone();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      setIsSaving(false);
      refuse(error.message);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSaving) void save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // Not the panel's Escape.
    event.stopPropagation();
    onDone();
  };

  return (
    <form onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate className="flex flex-col gap-2 py-1">
      <TextField
        ref={field}
        label="Your name"
        name="name"
        defaultValue={name}
        problem={problem}
        autoComplete="nickname"
      />
      <div className="flex gap-2">
        <Button type="submit" aria-disabled={isSaving} className="h-10! px-4! text-sm">
          Save
        </Button>
        <Button tone="quiet" onClick={onDone} className="h-10! px-4! text-sm">
          Cancel
        </Button>
      </div>
    </form>
  );
}
