import { languages, type Window } from "./window.ts";

/** A clerk's day, up to the lock. */
export async function photographClerk(window: Window): Promise<void> {
  const { page, press, type, shoot } = window;
  await shoot("sign-in");
  await window.signIn("1");
  await shoot("counter");
  await window.swipe("1");
  await type(`XP-003${languages.indexOf(window.language) + 1}`);
  await press("Enter");
  await type("1288.50");
  await shoot("award");
  await press("Enter");
  await page.getByRole("main").getByRole("status").first().waitFor();
  await shoot("awarded");
  await press("F6");
  await page.getByRole("listbox").waitFor();
  await press("End", "Tab");
  await type("9");
  await press("Enter");
  await page.getByRole("alert").waitFor();
  await shoot("refusal");
  await press("Escape");
  await page.locator("section button").first().click();
  await page.getByRole("dialog").getByRole("table").waitFor();
  await shoot("explained");
  await press("Escape", "F9");
  await page.getByRole("dialog").waitFor();
  await shoot("slip");
  await press("Escape", "F2");
  await type("w");
  await page.getByRole("option").first().waitFor();
  await shoot("find");
  await press("Escape", "Control+KeyK");
  await page.getByRole("option").first().waitFor();
  await shoot("menu");
  await press("Escape");
  await photographSupervisor(window);
  await window.open("连续发卡", "Issue cards in a row");
  await shoot("issue-row");
  await window.open("交班", "Shift and day close");
  await shoot("shift");
  await press("Escape", "F10");
  await page.locator("input[type=password]").waitFor();
  await shoot("locked");
  // Somebody else signs in: the name that stands there is of whoever locked it.
  await press("Shift+Tab");
}

/** Blocking a card is asked of somebody who may: nothing is blocked, the question is put off. */
async function photographSupervisor({ page, press, shoot }: Window): Promise<void> {
  await press("F7");
  await page.getByRole("listbox").and(page.locator(":focus")).waitFor();
  await page.getByRole("option").first().waitFor();
  await press("Enter");
  await page.locator("button:focus").waitFor();
  await press("Enter");
  await page.getByRole("dialog").locator("input[type=password]").waitFor();
  await shoot("supervisor");
  await press("Escape", "Escape", "Escape");
}
