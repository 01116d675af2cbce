import { Logo } from "@/components/ui/logo";
import { LobbyForm } from "./lobby-form";
import { Rejoin } from "./rejoin";

/** The first page: a room, a name, and in. */
export function Lobby() {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-8 p-6">
      <header className="flex flex-col gap-6">
        <Logo />
        <div>
          <h1 className="text-3xl font-semibold tracking-tight text-balance">Talk face to face with your people</h1>
          <p className="mt-3 text-muted">
            Choose a room, join it, and send its link to the others. No account, nothing to install.
          </p>
        </div>
      </header>
      <Rejoin />
      <LobbyForm />
    </main>
  );
}
