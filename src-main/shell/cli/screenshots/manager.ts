import type { Window } from "./window.ts";

/** What a manager looks after. */
export async function photographManager(window: Window): Promise<void> {
  const { page, press, shoot } = window;
  await window.signIn("2");
  await press("Alt+KeyP");
  await page.getByRole("listbox").waitFor();
  await shoot("review");
  await window.open("退货", "Returns");
  await shoot("requests");
  await window.open("库存", "Stock");
  await shoot("stock");
  await window.open("设备", "Devices");
  await shoot("devices");
  await window.open("与总部交换", "Exchange with head office");
  await shoot("exchange");
  await window.signOut();
}
