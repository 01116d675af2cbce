import type { Locator } from "@playwright/test";
import type { Participant } from "@/e2e/participant";

/** Opens the room's page, with the name filled in. @returns the uid that its person will have */
export async function arrive({ page, name }: Participant, room: string): Promise<number> {
  const answer = page.waitForResponse((response) => response.url().endsWith("/api/token"));
  await page.goto(`/room/${room}`);
  const { uid } = await (await answer).json();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  return uid;
}

/** Opens the numbers of the call, as the settings show them. @returns whose they are by name */
export async function openNumbers(person: Participant): Promise<(name: string) => Locator> {
  await person.control("Settings").click();
  await person.page.getByRole("button", { name: "Show the numbers" }).click();
  return (name) => person.page.getByRole("article", { name });
}
