import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { EndReason } from "@/lib/call/call-store";
import { useCall } from "./call-context";

const WORDS: Record<Exclude<EndReason, "left">, { title: string; text: string }> = {
  replaced: {
    title: "Opened elsewhere",
    text: "This call was opened in another tab or window, which goes on with it.",
  },
  removed: { title: "You were removed", text: "Someone who hosts this room removed you from it." },
  "token-expired": { title: "The call has ended here", text: "This page was away for too long. Join again to go on." },
};

/** After the call: the lobby for those who left, the reason for those who did not mean to. */
export function EndedView() {
  const reason = useCall((state) => state.endReason);
  if (!reason || reason === "left") return <GoToLobby />;
  const { title, text } = WORDS[reason];
  return (
    <Notice title={title} text={text}>
      {/* A whole new page: nothing of the ended call may linger. */}
      <Button onClick={() => window.location.reload()}>Rejoin</Button>
    </Notice>
  );
}

function GoToLobby() {
  const router = useRouter();
  useEffect(() => router.push("/"), [router]);
  return null;
}
