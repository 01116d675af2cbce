/** The signs that everyone can show for a moment. */
export const REACTIONS = ["👍", "❤️", "😂", "🎉", "👏", "😮", "😢", "🤔"] as const;
