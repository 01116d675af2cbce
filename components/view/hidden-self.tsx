import { EyeOff } from "lucide-react";
import { useCall, useCallSession, useView } from "@/components/room/call-context";

/** Who hides their own picture is still filmed: that must not be forgotten. A click shows the picture again. */
export function HiddenSelf() {
  const { view } = useCallSession();
  const isHidden = useView((state) => state.selfView === "hidden");
  const isFilmed = useCall((state) => state.camera.status === "on");
  if (!(isHidden && isFilmed)) return null;
  return (
    <button
      type="button"
      title="Your camera is on. Show your picture"
      onClick={() => view.chooseSelfView("auto")}
      className="inline-flex h-9 items-center gap-2 rounded-lg px-2.5 text-speaking transition-colors hover:bg-raised"
    >
      <EyeOff className="size-[18px] shrink-0" aria-hidden="true" />
      <span className="max-sm:sr-only">Your camera is on</span>
      <span className="sr-only">: show your picture</span>
    </button>
  );
}
