import { useEffect } from "react";
import { toggleHand } from "@/components/hands/set-hand";
import { useCallSession } from "@/components/room/call-context";
import { keyPressOf } from "@/lib/call/key-press";
import { LAYOUTS, type Layout } from "@/lib/call/layout/arrangement";
import { canFullScreen, toggleFullScreen } from "@/lib/call/layout/full-screen";
import { areShortcutsOn } from "@/lib/call/shortcut-preference";
import { isKeyOf, shortcutOf } from "@/lib/call/shortcuts";
import { listen } from "@/lib/listen";
import { logWarning } from "@/lib/log";
import { canShareScreen } from "@/lib/media/screen-capture";

/**
 * The call's keys, for as long as the component stands; before joining, those that make sense there.
 *
 * @param onHelp stays the same from render to render
 */
export function useShortcuts(onHelp: () => void): void {
  const session = useCallSession();
  useEffect(() => {
    const isInCall = () => session.store.getState().phase === "joined";
    let isTalking = false;
    const startTalking = () => {
      if (!isInCall() || session.store.getState().microphone.status !== "off") return;
      isTalking = true;
      void session.talk(true);
    };
    const stopTalking = () => {
      if (!isTalking) return;
      isTalking = false;
      void session.talk(false);
    };

    const onKeyDown = (event: KeyboardEvent) => {
      const shortcut = areShortcutsOn() ? shortcutOf(keyPressOf(event)) : undefined;
      if (!shortcut) return;
      event.preventDefault();
      switch (shortcut.action) {
        case "microphone":
          return void session.toggleMicrophone();
        case "camera":
          return void session.toggleCamera();
        case "screen":
          if (isInCall() && canShareScreen()) void session.screenShare.toggle();
          return;
        case "talk":
          return startTalking();
        case "layout":
          if (isInCall()) session.view.chooseLayout(nextLayout(session.view.store.getState().layout));
          return;
        case "full-screen":
          return void changeFullScreen();
        case "hand":
          if (isInCall()) void toggleHand(session);
          return;
        case "chat":
        case "people":
          if (isInCall()) session.panels.toggle(shortcut.action);
          return;
        case "help":
          return onHelp();
        default:
          return shortcut.action satisfies never;
      }
    };
    const stopListening = [
      listen(window, "keydown", onKeyDown),
      listen(window, "keyup", (event) => {
        if (isKeyOf("talk", event)) stopTalking();
      }),
      // The key may be let go where this page does not hear it.
      listen(window, "blur", stopTalking),
      listen(document, "visibilitychange", stopTalking),
    ];
    return () => {
      for (const stop of stopListening) stop();
      stopTalking();
    };
  }, [session, onHelp]);
}

function nextLayout(layout: Layout): Layout {
  return LAYOUTS[(LAYOUTS.indexOf(layout) + 1) % LAYOUTS.length] ?? layout;
}

async function changeFullScreen(): Promise<void> {
  if (!canFullScreen()) return;
  try {
    await toggleFullScreen();
  } catch (error) {
    logWarning("The browser gave no full screen.", error);
  }
}
