import { Volume2 } from "lucide-react";
import { useState } from "react";
import { useCall } from "@/components/room/call-context";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { logWarning } from "@/lib/log";
import { playTestSound } from "@/lib/media/test-sound";

/** Plays a sound where the others will be heard. */
export function SpeakerTest() {
  const speakerId = useCall((state) => state.deviceMenus.speaker.selectedId);
  const [isPlaying, setIsPlaying] = useState(false);
  const play = async () => {
    if (isPlaying) return;
    setIsPlaying(true);
    try {
      await playTestSound(speakerId);
    } catch (error) {
      logWarning("The test sound could not be played.", error);
      showToast("The speaker could not be used. Choose another one.", { id: "speaker" });
    } finally {
      setIsPlaying(false);
    }
  };
  return (
    <Button
      tone="quiet"
      className="h-10! self-start px-4! text-sm"
      aria-disabled={isPlaying}
      onClick={() => void play()}
    >
      <Volume2 className="size-4" aria-hidden="true" />
      {isPlaying ? "Playing…" : "Test speaker"}
    </Button>
  );
}
