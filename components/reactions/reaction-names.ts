import type { Reaction } from "@/lib/contracts/members";

/** For who does not see them. */
export const REACTION_NAMES: Record<Reaction, string> = {
  "👍": "Thumbs up",
  "❤️": "Heart",
  "😂": "Laughing",
  "🎉": "Celebration",
  "👏": "Applause",
  "😮": "Surprised",
  "😢": "Sad",
  "🤔": "Thinking",
};
