import { useEffect } from "react";
import { listen } from "@/lib/listen";
import { useChat } from "./use-chat";

/** How many messages wait, in the title of a tab that nobody looks at. */
export function UnreadTitle() {
  const unread = useChat((state) => state.unread);
  useEffect(() => {
    const title = document.title;
    const show = () => {
      document.title = unread > 0 && document.visibilityState === "hidden" ? `(${unread}) ${title}` : title;
    };
    show();
    const stop = listen(document, "visibilitychange", show);
    return () => {
      stop();
      document.title = title;
    };
  }, [unread]);
  return null;
}
