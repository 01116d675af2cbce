import { FocusedHeading } from "@/components/ui/focused-heading";
import { Logo } from "@/components/ui/logo";
import { Introduction } from "./introduction";
import { LobbyForm } from "./lobby-form";
import { RecentRooms } from "./recent-rooms";

/** The first page: a room, a name, and in. Set from the top, so that what comes in later beneath moves nothing. */
export function Lobby() {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col gap-6 p-page pt-[clamp(1.5rem,9dvh,8rem)] pb-3">
      <header className="flex flex-col gap-6">
        <Logo />
        <div>
          <FocusedHeading className="text-3xl font-semibold tracking-tight text-balance outline-none">
            Talk face to face with your people
          </FocusedHeading>
          <Introduction />
        </div>
      </header>
      <LobbyForm />
      <RecentRooms />
    </main>
  );
}
