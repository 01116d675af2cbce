import { createStore } from "zustand/vanilla";
import { logWarning } from "@/lib/log";

/** Document Picture-in-Picture: Chromium's alone so far (WICG document-picture-in-picture). */
declare global {
  interface Window {
    readonly documentPictureInPicture?: {
      requestWindow(options: { width: number; height: number }): Promise<Window>;
    };
  }
}

/** Pixels; a person can resize it. */
const SIZE = { width: 360, height: 260 };

/** The large tile's picture, for browsers that can float a video but no page. */
const LARGE_VIDEO = "[data-featured=true] video";

/**
 * The call in a small window that floats above other programs: a page of its own where the browser has that (`window` is
 * then drawn into by the components), else the large tile's video.
 */
export class PictureWindow {
  readonly store = createStore<{ window: Window | null }>(() => ({ window: null }));

  get isSupported(): boolean {
    return Boolean(window.documentPictureInPicture) || canFloatVideo();
  }

  /** To be called by a click or a key: browsers want a gesture. Never rejects. */
  async toggle(): Promise<void> {
    if (this.store.getState().window || document.pictureInPictureElement) {
      await this.close();
      return;
    }
    try {
      if (window.documentPictureInPicture) await this.#open(window.documentPictureInPicture);
      else await document.querySelector<HTMLVideoElement>(LARGE_VIDEO)?.requestPictureInPicture();
    } catch (error) {
      logWarning("The call could not be shown in a window of its own.", error);
    }
  }

  /** Never rejects. */
  async close(): Promise<void> {
    this.store.getState().window?.close();
    try {
      if (document.pictureInPictureElement) await document.exitPictureInPicture();
    } catch (error) {
      logWarning("The window with the video could not be closed.", error);
    }
  }

  async #open(api: NonNullable<Window["documentPictureInPicture"]>): Promise<void> {
    const opened = await api.requestWindow(SIZE);
    opened.document.title = document.title;
    opened.document.documentElement.lang = document.documentElement.lang;
    opened.document.documentElement.className = document.documentElement.className;
    opened.document.body.className = document.body.className;
    for (const style of document.querySelectorAll("link[rel=stylesheet], style")) {
      opened.document.head.append(style.cloneNode(true));
    }
    opened.addEventListener("pagehide", () => this.store.setState({ window: null }), { once: true });
    this.store.setState({ window: opened });
  }
}

function canFloatVideo(): boolean {
  return document.pictureInPictureEnabled === true;
}
