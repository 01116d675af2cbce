import { useRTCClient } from "agora-rtc-react";
import { Volume2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { SoundStart } from "@/lib/media/sound-start";

/** That the browser holds back the sound, and the button that starts it; any other click starts it as well. */
export function SoundNotice() {
  const client = useRTCClient();
  const [isHeldBack, setIsHeldBack] = useState(false);

  useEffect(() => {
    const tracks = () => client.remoteUsers.flatMap((user) => user.audioTrack ?? []);
    const sound = new SoundStart(tracks, setIsHeldBack);
    return () => sound.dispose();
  }, [client]);

  if (!isHeldBack) return null;
  return (
    <div
      role="alert"
      className="mx-3 mb-3 flex shrink-0 flex-wrap items-center justify-center gap-x-4 gap-y-2 rounded-2xl bg-raised px-4 py-3"
    >
      <p>Your browser holds back the sound until you click.</p>
      {/* The click itself is what the browser waits for: `SoundStart` hears it. */}
      <Button className="h-10! px-4! text-sm">
        <Volume2 className="size-4" aria-hidden="true" />
        Start sound
      </Button>
    </div>
  );
}
