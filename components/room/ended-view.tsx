import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { EndReason } from "@/lib/call/call-store";
import { useCall } from "./call-context";

const WORDS: Record<Exclude<EndReason, "refused">, { title: string; text: string }> = {
  left: { title: "You left the call", text: "Back to the lobby…" },
  replaced: {
    title: "Opened elsewhere",
    text: "This call was opened in another tab or window, which goes on with it.",
  },
  removed: { title: "You were removed", text: "Someone who hosts this room removed you from it." },
  "token-expired": { title: "The call has ended here", text: "This page was away for too long. Join again to go on." },
};

/** After the call: the lobby for those who left, the reason for those who did not mean to. */
export function EndedView() {
  const reason = useCall((state) => state.endReason) ?? "left";
  const problem = useCall((state) => state.problem);
  const { title, text } =
    reason === "refused" ? { title: "The call has ended here", text: problem ?? "" } : WORDS[reason];
  return (
    <Notice title={title} text={text}>
      {reason === "left" ? <GoToLobby /> : null}
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
