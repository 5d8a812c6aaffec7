import type { Window } from "./window.ts";

/** The two screens that are open the longest, as they look in the dark. */
export async function photographDark(window: Window): Promise<void> {
  await window.signIn("1");
  await window.swipe("1");
  await window.shoot("dark-award");
  await window.open("库存", "Stock");
  await window.shoot("dark-stock");
}
