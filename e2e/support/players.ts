import type { Page } from "@playwright/test";

/** Keeps the elements that the SDK plays sound with: they are in no document. */
export async function keepPlayers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const players: HTMLAudioElement[] = [];
    Object.defineProperty(window, "players", { value: players });
    const create = document.createElement.bind(document);
    document.createElement = (name: string, options?: ElementCreationOptions) => {
      const element = create(name, options);
      if (element instanceof HTMLAudioElement) players.push(element);
      return element;
    };
  });
}

/** Of the elements that have someone's sound (the SDK has more of them, muted, for measuring): whether each one plays. */
export function playing(page: Page): Promise<boolean[]> {
  return page.evaluate(() =>
    (window as unknown as { players: HTMLAudioElement[] }).players
      .filter((player) => player.autoplay && !player.muted && player.srcObject)
      .map((player) => !player.paused && player.currentTime > 0),
  );
}
