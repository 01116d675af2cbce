import * as Menu from "@radix-ui/react-dropdown-menu";
import { Crown, type LucideIcon, MicOff, UserX } from "lucide-react";
import type { ReactNode } from "react";
import { useCall, usePlayer } from "@/components/room/call-context";
import { displayNameOf } from "@/lib/call/name-marks";
import type { Uid } from "@/lib/contracts/identifiers";
import { MemberButton } from "./member-button";
import { useAskHost } from "./use-ask-host";
import { useHosting } from "./use-hosting";

interface MemberMenuProps {
  uid: Uid;
  className: string;
  isOpenAtFirst?: boolean;
  /** More that can be done with them: items of the menu, before the host's own. */
  children?: ReactNode;
}

/** What a host can do with someone else: a button and its menu. */
export function MemberMenu({ uid, className, isOpenAtFirst = false, children }: MemberMenuProps) {
  const name = useCall((state) => displayNameOf(state, uid));
  const ask = useAskHost();
  return (
    // Not modal: the call goes on behind it.
    <Menu.Root modal={false} defaultOpen={isOpenAtFirst}>
      <Menu.Trigger asChild>
        <MemberButton uid={uid} className={className} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 w-52 rounded-2xl border border-line bg-surface p-1.5 shadow-black/50 shadow-xl"
        >
          {children}
          <MuteItem uid={uid} />
          <MemberAction name="Make host…" icon={Crown} onSelect={() => ask({ about: "host", uid, name })} />
          <MemberAction name="Remove…" icon={UserX} onSelect={() => ask({ about: "removal", uid, name })} />
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

function MuteItem({ uid }: { uid: Uid }) {
  const perform = useHosting();
  const isMuted = usePlayer(uid)?.isMutedByHost ?? false;
  return (
    <MemberAction
      name={isMuted ? "Muted" : "Mute"}
      icon={MicOff}
      isDisabled={isMuted}
      onSelect={() => perform((hosting) => hosting.mute(uid))}
    />
  );
}

interface MemberActionProps {
  name: string;
  icon: LucideIcon;
  isDisabled?: boolean;
  onSelect: () => void;
}

/** One item of the menu. */
export function MemberAction({ name, icon: Icon, isDisabled = false, onSelect }: MemberActionProps) {
  return (
    <Menu.Item
      disabled={isDisabled}
      onSelect={onSelect}
      className="flex h-10 cursor-pointer select-none items-center gap-3 rounded-xl px-2.5 text-sm outline-none data-disabled:cursor-default data-highlighted:bg-line data-disabled:text-muted"
    >
      <Icon className="size-[18px] shrink-0 text-muted" aria-hidden="true" />
      {name}
    </Menu.Item>
  );
}
