import * as Menu from "@radix-ui/react-dropdown-menu";
import {
  AppWindow,
  Check,
  Columns2,
  EyeOff,
  Grid2x2,
  type LucideIcon,
  Maximize,
  Minimize,
  PictureInPicture2,
  Presentation,
  Sparkles,
  SquareUser,
} from "lucide-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useCallSession, useView } from "@/components/room/call-context";
import { LAYOUTS, type Layout, SELF_VIEWS, type SelfView } from "@/lib/call/layout/arrangement";
import { canFullScreen, toggleFullScreen } from "@/lib/call/layout/full-screen";
import { logWarning } from "@/lib/log";
import { useIsFullScreen } from "./use-full-screen";
import { ViewButton } from "./view-button";

const LAYOUT_WORDS: Record<Layout, { name: string; icon: LucideIcon }> = {
  grid: { name: "Grid", icon: Grid2x2 },
  speaker: { name: "Speaker", icon: Presentation },
  "side-by-side": { name: "Side by side", icon: Columns2 },
};

const SELF_VIEW_WORDS: Record<SelfView, { name: string; icon: LucideIcon }> = {
  auto: { name: "Automatic", icon: Sparkles },
  tile: { name: "In a tile", icon: SquareUser },
  corner: { name: "In the corner", icon: PictureInPicture2 },
  hidden: { name: "Hidden", icon: EyeOff },
};

/** How this person looks at the call: the button and its menu. */
export function ViewMenu({ isOpenAtFirst }: { isOpenAtFirst: boolean }) {
  return (
    // Not modal: the call goes on behind it.
    <Menu.Root modal={false} defaultOpen={isOpenAtFirst}>
      <Menu.Trigger asChild>
        <ViewButton />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) w-60 overflow-y-auto rounded-2xl border border-line bg-surface p-1.5 shadow-black/50 shadow-xl"
        >
          <LayoutChoice />
          <Separator />
          <SelfViewChoice />
          <WindowChoices />
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

function LayoutChoice() {
  const { view } = useCallSession();
  const layout = useView((state) => state.layout);
  return (
    <Menu.RadioGroup value={layout} aria-label="Layout">
      <Heading>Layout</Heading>
      {LAYOUTS.map((value) => (
        <Choice key={value} value={value} {...LAYOUT_WORDS[value]} onSelect={() => view.chooseLayout(value)} />
      ))}
    </Menu.RadioGroup>
  );
}

function SelfViewChoice() {
  const { view } = useCallSession();
  const selfView = useView((state) => state.selfView);
  return (
    <Menu.RadioGroup value={selfView} aria-label="Your own picture">
      <Heading>Your own picture</Heading>
      {SELF_VIEWS.map((value) => (
        <Choice key={value} value={value} {...SELF_VIEW_WORDS[value]} onSelect={() => view.chooseSelfView(value)} />
      ))}
    </Menu.RadioGroup>
  );
}

/** What not every browser has: an iPhone no full screen, and few a window for the call. */
function WindowChoices() {
  const { pictureWindow } = useCallSession();
  const isFullScreen = useIsFullScreen();
  const isFloating = useStore(pictureWindow.store, (state) => state.window !== null);
  if (!(canFullScreen() || pictureWindow.isSupported)) return null;
  const onFullScreen = () => {
    toggleFullScreen().catch((error: unknown) => logWarning("The browser gave no full screen.", error));
  };
  return (
    <>
      <Separator />
      {canFullScreen() ? (
        <Action
          name={isFullScreen ? "Leave full screen" : "Full screen"}
          icon={isFullScreen ? Minimize : Maximize}
          onSelect={onFullScreen}
        />
      ) : null}
      {pictureWindow.isSupported ? (
        <Action
          name={isFloating ? "Close picture-in-picture" : "Picture-in-picture"}
          icon={AppWindow}
          onSelect={() => void pictureWindow.toggle()}
        />
      ) : null}
    </>
  );
}

const ITEM =
  "flex h-10 cursor-pointer items-center gap-3 rounded-xl px-2.5 text-sm outline-none select-none data-highlighted:bg-line";

function Choice({
  value,
  name,
  icon: Icon,
  onSelect,
}: {
  value: string;
  name: string;
  icon: LucideIcon;
  onSelect: () => void;
}) {
  return (
    <Menu.RadioItem value={value} className={ITEM} onSelect={onSelect}>
      <Icon className="size-[18px] shrink-0 text-muted" aria-hidden="true" />
      {name}
      <Menu.ItemIndicator className="ml-auto">
        <Check className="size-[18px] text-accent" aria-hidden="true" />
      </Menu.ItemIndicator>
    </Menu.RadioItem>
  );
}

function Action({ name, icon: Icon, onSelect }: { name: string; icon: LucideIcon; onSelect: () => void }) {
  return (
    <Menu.Item className={ITEM} onSelect={onSelect}>
      <Icon className="size-[18px] shrink-0 text-muted" aria-hidden="true" />
      {name}
    </Menu.Item>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return <Menu.Label className="px-2.5 pt-2 pb-1 text-muted text-xs">{children}</Menu.Label>;
}

function Separator() {
  return <Menu.Separator className="my-1.5 h-px bg-line" />;
}
