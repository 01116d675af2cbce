import { Check, Link } from "lucide-react";
import { useEffect, useState } from "react";
import { logWarning } from "@/lib/log";
import { ControlButton } from "./control-button";

const SHOWN_MS = 2500;

type Copied = "idle" | "copied" | "failed";

/** Copies the room's link; where the browser forbids it, shows the link for copying by hand. */
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
    } catch (error) {
      logWarning("The link could not be copied.", error);
      setCopied("failed");
    }
  };

  return (
    <div className="relative">
      <ControlButton label="Copy link" onClick={() => void copy()}>
        {copied === "copied" ? <Check /> : <Link />}
      </ControlButton>
      <p
        role="status"
        className="absolute bottom-full left-1/2 mb-2 w-max max-w-[80vw] -translate-x-1/2 rounded-lg bg-raised text-sm not-empty:px-3 not-empty:py-1.5"
      >
        {copied === "copied" ? "Link copied" : null}
        {copied === "failed" ? <span className="select-all">{window.location.href}</span> : null}
      </p>
    </div>
  );
}
