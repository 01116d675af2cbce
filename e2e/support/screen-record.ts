import type { Participant } from "@/e2e/participant";

/** What someone's screen said at one time: how their own connection is, and how each one who has a tile. */
export interface ScreenState {
  connection: string | undefined;
  tiles: Record<string, string>;
}

/** Keeps every change of what someone's screen says, from here on. @returns gives all of it, as it is now first */
export async function recordScreen({ page }: Participant): Promise<() => Promise<ScreenState[]>> {
  const record = await page.evaluateHandle(() => {
    const states: ScreenState[] = [];
    const look = () => {
      const connection = document.querySelector<HTMLElement>("[data-testid=connection]")?.dataset.state;
      const tiles = [...document.querySelectorAll<HTMLElement>("[data-testid=tile][data-kind=camera]")];
      const state = {
        connection,
        tiles: Object.fromEntries(tiles.map(({ dataset }) => [dataset.name, dataset.state])),
      };
      if (JSON.stringify(state) !== JSON.stringify(states.at(-1))) states.push(state as ScreenState);
    };
    look();
    new MutationObserver(look).observe(document.body, {
      childList: true,
      subtree: true,
      attributeFilter: ["data-state"],
    });
    return states;
  });
  return () => record.jsonValue();
}
