import { listen } from "@/lib/listen";

/** An iPhone's browser shows only videos in full screen, never a page. */
export function canFullScreen(): boolean {
  return document.fullscreenEnabled === true;
}

export function isFullScreen(): boolean {
  return Boolean(document.fullscreenElement);
}

/** @returns the disposer */
export function watchFullScreen(onChange: () => void): () => void {
  return listen(document, "fullscreenchange", onChange);
}

/** The whole page, not the tiles alone: menus and notices are drawn outside them. To be called by a click or a key. */
export async function toggleFullScreen(): Promise<void> {
  if (isFullScreen()) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen();
}
