import * as Menu from "@radix-ui/react-dropdown-menu";
import type { KeyboardEvent } from "react";
import { useStore } from "zustand";
import { REACTION_NAMES } from "@/components/reactions/reaction-names";
import { useCallSession } from "@/components/room/call-context";
import { showToast } from "@/components/ui/toast";
import { AppError } from "@/lib/app-error";
import type { CallSession } from "@/lib/call/call-session";
import type { Reaction } from "@/lib/contracts/members";
import { REACTIONS } from "@/lib/contracts/reactions";
import { ReactionsButton } from "./reactions-button";

/** The button and the signs that can be shown for a moment. The choice stays open: one is seldom enough. */
export function ReactionsMenu({ isOpenAtFirst }: { isOpenAtFirst: boolean }) {
  const session = useCallSession();
  const isPaused = useStore(session.reactions.store, (state) => state.isPaused);
  return (
    // Not modal: the call goes on behind it.
    <Menu.Root modal={false} defaultOpen={isOpenAtFirst}>
      <Menu.Trigger asChild>
        <ReactionsButton />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          side="top"
          sideOffset={10}
          collisionPadding={8}
          onKeyDown={moveSideways}
          className="z-50 flex gap-0.5 rounded-full border border-line bg-surface p-1.5 shadow-black/50 shadow-xl"
        >
          {REACTIONS.map((reaction) => (
            <Menu.Item
              key={reaction}
              aria-label={REACTION_NAMES[reaction]}
              title={REACTION_NAMES[reaction]}
              disabled={isPaused}
              onSelect={(event) => {
                event.preventDefault();
                void react(session, reaction);
              }}
              className="flex size-10 cursor-pointer select-none items-center justify-center rounded-full text-xl outline-none transition-transform data-disabled:opacity-40 data-highlighted:bg-line motion-safe:active:scale-125 sm:size-11 sm:text-2xl"
            >
              {reaction}
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** They lie in a row: the arrows that point along it move in it, as up and down do in any menu. */
function moveSideways(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
  const focused = event.currentTarget.querySelector<HTMLElement>(":focus");
  const next = event.key === "ArrowRight" ? focused?.nextElementSibling : focused?.previousElementSibling;
  if (next instanceof HTMLElement) next.focus();
  event.preventDefault();
}

async function react(session: CallSession, reaction: Reaction): Promise<void> {
  try {
    await session.reactions.send(reaction);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    showToast(error.message, { id: "reaction" });
  }
}
