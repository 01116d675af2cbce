import { useEffect, useState } from "react";
import { watchComingsAndGoings } from "@/lib/call/notices/comings-and-goings";
import { watchHands } from "@/lib/call/notices/hands-raised";
import { watchMessages } from "@/lib/call/notices/messages-written";
import type { Notice } from "@/lib/call/notices/notice";
import { watchReactions } from "@/lib/call/notices/reactions-shown";
import { WordsQueue } from "@/lib/call/notices/words-queue";
import { watchScreens } from "@/lib/call/screen-announcements";
import { NoticeSounds } from "@/lib/media/notice-sounds";
import { useCallSession } from "./call-context";

/**
 * Who came and who left, whose hand is up, who shares their screen, what is written while the chat is closed: said by screen readers and shown for a
 * moment, with a quiet tone. One element for both, and no toast, so that nothing is said twice. Always there: a screen reader
 * says what changes in a status, not a status that appears.
 */
export function Announcer() {
  const { store, chat, notices } = useCallSession();
  const [words, setWords] = useState("");

  useEffect(() => {
    const queue = new WordsQueue(setWords);
    const sounds = new NoticeSounds();
    const say = (said: string) => {
      if (notices.store.getState().words) queue.say(said);
    };
    const tell = (notice: Notice) => {
      say(notice.words);
      if (notices.store.getState().sounds) sounds.play(notice.sound, store.getState().deviceMenus.speaker.selectedId);
    };
    const stops = [
      watchComingsAndGoings(store, tell),
      watchHands(store, tell),
      watchScreens(store, say),
      watchMessages(store, chat, tell),
    ];
    return () => {
      for (const stop of stops) stop();
      queue.dispose();
    };
  }, [store, chat, notices]);

  return (
    <p
      role="status"
      data-testid="announcer"
      className="pointer-events-none fixed top-[calc(env(safe-area-inset-top)+4.25rem)] left-[calc(env(safe-area-inset-left)+1.5rem)] z-10 max-w-[min(24rem,calc(100vw-3rem))] line-clamp-2 rounded-2xl bg-raised text-sm shadow-lg wrap-anywhere ring-line not-empty:px-4 not-empty:py-2 not-empty:ring-1"
    >
      {words}
    </p>
  );
}

/** Who shows what sign, for those who do not see it. */
export function ReactionWords() {
  const { store, reactions, notices } = useCallSession();
  const [words, setWords] = useState("");

  useEffect(() => {
    const queue = new WordsQueue(setWords);
    const stop = watchReactions(store, reactions, (said) => {
      if (notices.store.getState().words) queue.say(said);
    });
    return () => {
      stop();
      queue.dispose();
    };
  }, [store, reactions, notices]);

  return (
    <p role="status" className="sr-only">
      {words}
    </p>
  );
}
