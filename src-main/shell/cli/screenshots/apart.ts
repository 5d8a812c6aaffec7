import type { ServedCounter } from "../served-counter.ts";
import type { Window } from "./window.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** So long that somebody thinks of fencing, and so wrong that nobody overlooks it. */
const silentMs = 45 * dayMs;
const wrongMs = 365 * dayMs;

const exchange = ["与总部交换", "Exchange with head office"] as const;

/** What head office holds back, as the counter is told and as who decides sees it: somebody got around the sign-in. */
export async function photographQuarantine(window: Window): Promise<void> {
  await window.signIn("1");
  await window.press("F5");
  await window.open(...exchange);
  await window.page.getByText("NEVER_PERMITTED").first().waitFor();
  await window.shoot("quarantined");
  await window.signOut();
  await window.signIn("3");
  await window.open("总部待处理", "Queue at head office");
  await window.page.getByRole("option").first().waitFor();
  await window.shoot("queue");
  await window.signOut();
}

/** Much is on its way to head office, and nobody waits for it. */
export async function photographCatchingUp(window: Window, { whileHeadOfficeIsBusy }: ServedCounter): Promise<void> {
  await window.signIn("1");
  await window.swipe("1");
  await whileHeadOfficeIsBusy(async () => {
    for (const receipt of ["1", "2", "3"]) await award(window, `XP-0${receipt}${window.language}`);
    await window.open(...exchange);
    await window.page.locator("ol li").first().waitFor();
    await window.shoot("catching-up");
  });
  await window.signOut();
}

/** A branch that nobody has heard for weeks, and the last look before it is fenced. It is not. */
export async function photographDeadBranch(window: Window, { setClockWrong }: ServedCounter): Promise<void> {
  const { page, press } = window;
  await window.signIn("3");
  await setClockWrong(silentMs);
  await press("F5");
  // Until then head office is not heard for weeks, and most screens wait for it.
  await page.getByText(/^(已与总部交换|Exchanged with head office)$/).waitFor();
  await window.open("门店与柜台", "Branches and counters");
  await page.getByRole("option").nth(1).waitFor();
  await page.getByRole("option", { name: "城西店" }).click();
  await page.getByRole("button", { name: /^(停用|Fence)/ }).click();
  await page.getByRole("dialog").waitFor();
  await window.shoot("dead-branch");
  await press("Escape");
  await window.signOut();
}

/** Without the line: work goes on, what can be spent here is spent, and a clock that is wrong is told. */
export async function photographOffline(window: Window, { setClockWrong }: ServedCounter): Promise<void> {
  const { page, press, type } = window;
  await window.signIn("1");
  await press("F5");
  await window.swipe("2");
  await award(window, `XP-1${window.language}`);
  await window.shoot("offline");
  await press("F6");
  await page.getByRole("listbox").waitFor();
  await press("End", "Tab");
  await type("9");
  await press("Enter");
  await page.getByRole("alert").waitFor();
  await window.shoot("rights-used-up");
  await press("Escape");
  await setClockWrong(silentMs + wrongMs);
  await press("F5");
  await page
    .getByRole("banner")
    .getByText(/1 年|1 year/)
    .waitFor();
  await window.shoot("clock-wrong");
  await setClockWrong(silentMs);
  await window.signOut();
}

async function award({ page, press, type }: Window, receipt: string): Promise<void> {
  const field = page.locator("main form input");
  await press("F4");
  await field.first().waitFor();
  await type(receipt);
  await press("Enter");
  await type("200");
  await press("Enter");
  await field.first().waitFor({ state: "detached" });
}
