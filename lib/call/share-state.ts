import type { ScreenProblem } from "@/lib/media/screen-problem";

/** How it is with this person's own screen. */
export interface ShareState {
  /**
   * `choosing` while the browser asks what to share; `connecting` while it is captured and the others do not get it: at
   * the beginning, and when the server was lost for longer than it keeps a seat.
   */
  status: "off" | "choosing" | "connecting" | "on";
  /** Why nothing is shared although the person wanted to. */
  problem: ScreenProblem | null;
  isWholeScreen: boolean;
}

export const NOT_SHARING: ShareState = { status: "off", problem: null, isWholeScreen: false };
