import { Check, Link } from "lucide-react";
import { useEffect, useState } from "react";
import { showToast } from "@/components/ui/toast";
import { type LinkReach, linkReach } from "@/lib/link-reach";
import { logWarning } from "@/lib/log";
import { ControlButton } from "./control-button";

const SHOWN_MS = 2500;

type Copied = "idle" | "copied" | "failed";

/** Copies the room's link and says how far it reaches; where the browser forbids it, shows the link for copying by hand. */
export function CopyLink() {
  const [copied, setCopied] = useState<Copied>("idle");

  useEffect(() => {
    if (copied !== "copied") return;
    const timer = setTimeout(() => setCopied("idle"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      setCopied("copied");
      sayCopied(linkReach(window.location.hostname));
    } catch (error) {
      logWarning("The link could not be copied.", error);
      setCopied("failed");
    }
  };

  return (
    <>
      <ControlButton label="Copy link" onClick={() => void copy()}>
        {copied === "copied" ? <Check /> : <Link />}
      </ControlButton>
      <p
        role="status"
        className="fixed inset-x-3 bottom-[calc(env(safe-area-inset-bottom)+6rem)] z-10 mx-auto w-fit max-w-sm break-all rounded-lg bg-raised text-sm not-empty:px-3 not-empty:py-1.5"
      >
        {copied === "failed" ? <span className="select-all">{window.location.href}</span> : null}
      </p>
    </>
  );
}

const WORDS: Record<LinkReach, string> = {
  computer:
    "Link copied, but it works on this computer only. For other devices start the app with “npm run start:https” and open the address that it prints, or put it behind a domain with HTTPS.",
  network: "Link copied. It works in this network only.",
  everywhere: "Link copied",
};

function sayCopied(reach: LinkReach): void {
  const action = canShare() ? { label: "Share", onClick: () => void share() } : undefined;
  showToast(WORDS[reach], {
    id: "copy-link",
    ...(action && reach !== "computer" ? { action } : {}),
    // What asks for something to be done stays until it has been read.
    ...(reach === "computer" ? { durationMs: Number.POSITIVE_INFINITY } : {}),
    ...(reach === "everywhere" && !action ? { durationMs: SHOWN_MS } : {}),
  });
}

/** The system's share sheet is what people use on phones; on a computer they paste. */
function canShare(): boolean {
  return window.matchMedia("(pointer: coarse)").matches && (navigator.canShare?.(sharedLink()) ?? false);
}

function sharedLink(): ShareData {
  return { title: document.title, url: window.location.href };
}

async function share(): Promise<void> {
  try {
    await navigator.share(sharedLink());
  } catch (error) {
    // The person closed the sheet: the link is still copied.
    if (error instanceof DOMException && error.name === "AbortError") return;
    logWarning("The link could not be shared.", error);
  }
}
