import { expect, type Locator } from "@playwright/test";
import type { Participant } from "@/e2e/participant";

export const logOf = ({ page }: Participant): Locator => page.getByRole("log", { name: "Messages" });
export const messagesOf = (person: Participant): Locator => logOf(person).getByTestId("message");
export const fieldOf = ({ page }: Participant): Locator => page.getByRole("textbox", { name: "Message" });

export async function openChat(person: Participant): Promise<void> {
  await person.control("Chat").click();
  await expect(fieldOf(person)).toBeFocused();
}

export async function write(person: Participant, text: string): Promise<void> {
  await fieldOf(person).fill(text);
  await fieldOf(person).press("Enter");
  await expect(fieldOf(person)).toHaveValue("");
}
