import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter } from "#main/shell/cli/served-counter.ts";
import type { MessageKey } from "../../src-renderer/app/intl/catalogue.ts";
import { openCounterPage, type CounterPage, type Screen } from "./support/counter-page.ts";
import { takeSample } from "./support/sample-folder.ts";
import { putUpReader, sampleCard, type ReaderOnTheCounter } from "./support/reader-on-the-counter.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const small: Screen = { locale: "zh-CN", width: 1366, height: 768 };
const large: Screen = { locale: "en-US", width: 1920, height: 1080, scheme: "dark" };
const password = "counter-2026";
const [firstCard, secondCard] = [sampleCard(951), sampleCard(952)];

describe.each([small, large])("a day at the counter, by keyboard and swipes alone, in $locale", (size) => {
  it("goes on through a lost card and a line that is cut, and head office has all of it in the end (K-16, P-07, X-02)", async () => {
    const data = await takeSample();
    const reader = await putUpReader(data);
    onTestFinished(reader.unplug);

    const counter = await serveCounter(data, reader.path);
    onTestFinished(counter.close);
    const clerk = await openCounterPage(browser, counter.url, size);
    await morning(clerk, reader);
    await lostCard(clerk, reader);
    await counter.cutLine();
    const served = await withoutLine(clerk, reader);
    expect(await clerk.barriers()).toEqual([]);
    await clerk.signOut();
    clerk.mustNotHaveComplained();
    await clerk.close();
    await counter.close();

    const nextDay = await serveCounter(data, reader.path);
    onTestFinished(nextDay.close);
    const manager = await openCounterPage(browser, nextDay.url, size);
    await review(manager, served);
    manager.mustNotHaveComplained();
    await manager.close();
  }, 120_000);
});

/** A page takes its time to lay itself out for paper. */
const patiently = { timeout: 8_000 };

async function typeEach(screen: CounterPage, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    await screen.type(line);
    await screen.press("Enter");
  }
}

/** A new member with a card, points, a gift that is taken back, and a slip of it. */
async function morning(screen: CounterPage, reader: ReaderOnTheCounter): Promise<void> {
  await screen.field("signIn.userName").waitFor();
  await typeEach(screen, "chen", password);
  await screen.sees("workplace.empty.title");
  await screen.press("F3");
  await screen.field("newMember.name").waitFor();
  await typeEach(screen, "欧阳明", "１３９ ００００ ７７７７");
  await screen.field("issue.number").waitFor();
  await reader.swipe(firstCard);
  await screen.sees("issue.swiped", { last4: firstCard.slice(-4) });
  await screen.press("Enter");
  await screen.announces("outcome.issue", { last4: firstCard.slice(-4) });
  await screen.press("Enter");
  await screen.sees("workplace.empty.title");

  await reader.swipe(firstCard);
  await screen.field("award.receipt").waitFor();
  await screen.award("D-1", "2000");
  await expect.poll(() => screen.figure("member.balance")).toBe(200);
  await screen.press("F6");
  await screen.atList("redeem.plans");
  await screen.press("1", "Enter");
  await screen.announces("outcome.redeem");
  await expect.poll(() => screen.figure("member.balance")).toBeLessThan(200);
  await screen.press("F8");
  await screen.announces("outcome.void");
  await expect.poll(() => screen.figure("member.balance")).toBe(200);
  await printsTheSlip(screen);
}

/** F9 shows it, Enter prints it: nothing but the slip stands on the paper, and of the member no more than the surname. */
async function printsTheSlip(screen: CounterPage): Promise<void> {
  await screen.page.evaluate("window.print = () => { window.sheets = (window.sheets ?? 0) + 1; }");
  await screen.press("F9");
  const slip = screen.page.getByRole("article", { name: screen.t("slip.heading") });
  await slip.getByText("欧**", { exact: false }).waitFor();
  expect(await slip.textContent()).not.toContain("阳明");
  await screen.button("slip.print").and(screen.page.locator(":focus")).waitFor();
  await screen.press("Enter");
  expect(await screen.page.evaluate("window.sheets")).toBe(1);
  await screen.page.emulateMedia({ media: "print" });
  await expect.poll(() => screen.page.getByRole("heading", { level: 2 }).filter({ visible: true }).count(), patiently).toBe(0);
  expect(await slip.isVisible()).toBe(true);
  await screen.page.emulateMedia({ media: "screen" });
  await screen.press("Escape");
  await slip.waitFor({ state: "detached" });
}

/** The card is replaced with a supervisor's word, in one act, and the old one is known for what it is. */
async function lostCard(screen: CounterPage, reader: ReaderOnTheCounter): Promise<void> {
  await screen.press("F7");
  await screen.atList("block.reason");
  await reader.swipe(secondCard);
  await screen.sees("issue.swiped", { last4: secondCard.slice(-4) });
  await screen.press("Enter");
  await screen.sees("replace.sure", { last4: firstCard.slice(-4), new4: secondCard.slice(-4) });
  await screen.press("Enter");
  await screen.field("supervisor.userName").waitFor();
  await typeEach(screen, "zhao", password);
  await screen.announces("outcome.replace", { last4: secondCard.slice(-4) });
  await reader.swipe(firstCard);
  await screen.sees("member.card.swipedIsBlocked");
  await screen.sees("member.card.newEnds", { last4: secondCard.slice(-4) });
  expect(await screen.figure("member.balance")).toBe(200);
}

/**
 * Everything that a counter does, with nobody at the other end; what waits is told on the screen of the exchange.
 *
 * @returns for whom points were proposed
 */
async function withoutLine(screen: CounterPage, reader: ReaderOnTheCounter): Promise<string> {
  await screen.press("F5");
  await screen.announces("workplace.exchangeOffline");
  await reader.swipe(sampleCard(81));
  await expect.poll(() => screen.memberShown()).not.toBe("欧阳明");
  const served = await screen.memberShown();
  await screen.award("D-2", "1000");
  await screen.press("F6");
  await screen.atList("redeem.plans");
  await screen.press("1", "Enter");
  await screen.announces("outcome.redeem");
  await screen.press("F4");
  await screen.field("award.receipt").waitFor();
  await typeEach(screen, "D-3");
  await screen.type("90000");
  await screen.press("Tab", "ArrowDown", "Enter");
  await screen.announces("outcome.proposal");

  await opensByPalette(screen, "sync.title");
  await screen.sees("sync.offline.title");
  await screen.sees("sync.list.waiting", { count: 3 });
  await reader.swipe(secondCard);
  await screen.button("member.balance").waitFor();
  await screen.sees("sync.offline.title");
  await screen.press("F4");
  await screen.field("award.receipt").waitFor();
  await screen.press("Alt+Digit0");
  await screen.sees("sync.offline.title");

  await composesUndisturbed(screen);
  await screen.press("F2");
  await screen.type("明");
  await screen.sees("find.offline");
  await screen.press("Escape", "Alt+Digit1");
  await expect.poll(() => screen.memberShown()).toBe(served);

  await screen.press("F10");
  await screen.sees("signIn.locked.title");
  await typeEach(screen, password);
  await screen.button("member.balance").waitFor();
  return served;
}

async function opensByPalette(screen: CounterPage, title: MessageKey): Promise<void> {
  await screen.press("Control+KeyK");
  await screen.type(screen.t(title));
  await screen.page.getByRole("option", { name: screen.t(title), exact: true }).waitFor();
  await screen.press("Enter");
}

/** While an input method composes, Enter and Esc are its own: the first takes its word, the second throws the word away. */
async function composesUndisturbed(screen: CounterPage): Promise<void> {
  await screen.press("F2");
  const line = screen.field("find.label");
  await line.waitFor();
  const client = await screen.page.context().newCDPSession(screen.page);
  for (const key of ["Enter", "Escape"]) {
    await client.send("Input.imeSetComposition", { text: "zhang", selectionStart: 5, selectionEnd: 5 });
    await screen.page.getByRole("option").first().waitFor();
    await screen.press(key);
    expect(await line.isVisible()).toBe(true);
    await screen.press("Control+KeyA", "Backspace");
  }
  await client.detach();
  await screen.press("Escape");
  await line.waitFor({ state: "detached" });
}

/** The program was started anew: nothing of the clerk's customers is on the screen, and a manager finds what waits for a decision. */
async function review(screen: CounterPage, served: string): Promise<void> {
  await screen.signIn("manager");
  expect(await screen.inSight(screen.t("workplace.recent"))).toBe(false);
  // The program's own head office, a database and a server, starts beside it.
  await screen.page.getByRole("banner").getByText(screen.t("shell.sync.online")).waitFor({ timeout: 30_000 });
  await screen.press("F5");
  await screen.announces("workplace.exchanged");
  await opensByPalette(screen, "sync.title");
  await screen.sees("sync.even.title");
  await screen.press("Alt+KeyP");
  await screen.atList("proposals.list");
  const proposal = screen.page.getByRole("option").filter({ hasText: "D-3" });
  while ((await proposal.getAttribute("aria-selected")) === "false") await screen.press("ArrowDown");
  await screen.tabTo(screen.page.getByRole("button", { name: screen.t("proposals.approve"), exact: true }));
  await screen.press("Enter");
  await screen.sees("proposals.approved", { name: served, points: 9 });
  await screen.signOut();
}
