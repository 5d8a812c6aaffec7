import type { Browser } from "playwright-core";
import { createIntl } from "react-intl";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays } from "#shared/domain/time/calendar.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import { hq } from "#test/src-server/cli/hq.ts";
import { messagesIn } from "../../src-renderer/app/intl/catalogue.ts";
import { openCounterPage, type CounterPage } from "./support/counter-page.ts";
import { layoutFaults } from "./support/face-faults.ts";
import { takeSample } from "./support/sample-folder.ts";
import { putUpReader, sampleCard, type ReaderOnTheCounter } from "./support/reader-on-the-counter.ts";

let browser: Browser;
let counter: ServedCounter;
let reader: ReaderOnTheCounter;
let receipts = 0;
const nextReceipt = (): string => `HQ-${(receipts += 1)}`;

beforeAll(async () => {
  const data = await takeSample();
  reader = await putUpReader(data);
  [browser, counter] = await Promise.all([launchChromium(), serveCounter(data, reader.path)]);
});
afterAll(async () => {
  await browser.close();
  await counter.close();
  await reader.unplug();
});

type Facts = Readonly<Record<string, number>>;

/** At head office, by its owner. */
async function publish(procedure: "plans.publish" | "rules.publish", what: Readonly<Record<string, unknown>>): Promise<void> {
  const opensOn = addDays(businessDateOf(Date.now()), -1);
  const input = JSON.stringify([{ procedure, input: { opensOn, closesOn: addDays(opensOn, 365), ...what } }]);
  const { exitCode, output, log } = await hq(["apply", "--data", counter.headOfficeFolder, "--json"], { databaseUrl: "", input });
  expect({ exitCode, said: exitCode === 0 ? "" : output + log }).toEqual({ exitCode: 0, said: "" });
}

describe.each([
  { locale: "zh-CN", version: 2, first: 1 },
  { locale: "en-US", version: 3, first: 11 },
] as const)("with head office at the other end, in $locale", ({ locale, version, first }) => {
  let screen: CounterPage;

  beforeAll(async () => {
    screen = await openCounterPage(browser, counter.url, { locale, width: 1366, height: 768 });
  });
  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => void (await screen.page.reload()));
  });
  afterEach(async () => {
    await screen.signOut();
    screen.mustNotHaveComplained();
  });
  afterAll(() => screen.close());

  const swipe = async (n: number): Promise<void> => {
    await reader.swipe(sampleCard(n));
    await screen.field("award.receipt").waitFor();
  };
  const memberShown = async (): Promise<string> => (await screen.page.getByRole("heading", { level: 2 }).first().textContent()) ?? "";
  const exchange = async (): Promise<void> => {
    await screen.press("F5");
    await screen.announces("workplace.exchanged");
  };
  /** A refusal in words that can be said to the customer, whatever its figures are. */
  const refusal = (code: "INSUFFICIENT_POINTS" | "PLAN_CHANGED" | "RULE_CHANGED" | "CARD_BLOCKED", facts: Facts = {}) =>
    screen.page.getByRole("alert").filter({ hasText: screen.t("refusal.say", { sentence: screen.t(`refusal.${code}.say`, facts) }) });

  it("fetches what lies at head office and redeems with it", async () => {
    await screen.signIn("clerk");
    await swipe(first);
    await screen.award(nextReceipt(), "12000");
    await exchange();
    // Head office places at most 500 of a member's points at the counter where they belong.
    await expect.poll(() => screen.figure("member.spendable")).toBe(500);
    const balance = await screen.figure("member.balance");
    await screen.press("F6");
    await screen.atList("redeem.plans");
    await screen.press("End", "Tab");
    await screen.type("2");
    await screen.press("Enter");
    await refusal("INSUFFICIENT_POINTS", { spendableHere: 500 }).waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.tabTo(screen.page.getByRole("button", { name: screen.t("redeem.short.draw", { points: 500 }) }));
    await screen.press("Enter");
    await screen.announces("outcome.redeem");
    await expect.poll(() => screen.figure("member.balance")).toBe(balance - 1000);
  });

  it("keeps the purchase of a card that nobody knows here, beside the offer to issue it", async () => {
    await screen.signIn("clerk");
    // Of ours, and nobody's that the counter knows.
    await reader.swipe(sampleCard(first + 900));
    await screen.tabTo(screen.page.getByRole("button", { name: screen.t("workplace.swipe.keep") }));
    await screen.press("Enter");
    await screen.field("award.receipt").and(screen.page.locator(":focus")).waitFor();
    const receipt = nextReceipt();
    await screen.type(receipt);
    await screen.press("Enter");
    await screen.type("128.50");
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter");
    await screen.announces("keep.done");
    await screen.press("Enter");
    await exchange();
    await screen.open("sync.title");
    await screen.sees("sync.kept.open");
    expect(await screen.inSight(receipt)).toBe(true);
    await screen.press("Escape");
  });

  it("shows a price that changed under the clerk's hand, and takes the new one at a second Enter", async () => {
    const name = { "zh-CN": "龙井茶一罐", "en-US": "Tin of Longjing tea" };
    const costPoints = 60 + version;
    await screen.signIn("clerk");
    await swipe(first + 1);
    await screen.award(nextReceipt(), "3000");
    await screen.press("F6");
    await screen.atList("redeem.plans");
    await publish("plans.publish", {
      planId: "tea",
      version,
      name,
      costPoints,
    });
    await exchange();
    const before = await screen.figure("member.balance");
    const tea = screen.page.getByRole("option", { name: name[locale] });
    while ((await tea.getAttribute("aria-selected")) === "false") await screen.press("ArrowDown");
    await screen.press("Enter");
    await refusal("PLAN_CHANGED", { costPoints }).waitFor();
    await tea.getByText(screen.t("redeem.plan.each", { points: costPoints })).waitFor();
    expect(await screen.figure("member.balance")).toBe(before);
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter");
    await screen.announces("outcome.redeem");
    await expect.poll(() => screen.figure("member.balance")).toBe(before - costPoints);
  });

  it("shows what a changed rule earns, and awards by it at a second Enter", async () => {
    await screen.signIn("clerk");
    await swipe(first + 2);
    await screen.type(nextReceipt());
    await screen.press("Enter");
    await screen.type("100");
    const before = await screen.figure("member.balance");
    const rule = { name: { "zh-CN": "门店消费", "en-US": "Shop purchase" }, perFen: 1_000, approval: "none", validMonths: 24 };
    await publish("rules.publish", { ...rule, ruleId: "purchase", version, points: version });
    await exchange();
    await screen.press("Enter");
    await refusal("RULE_CHANGED", { points: 10 * version }).waitFor();
    await screen.page.getByText(`+${10 * version}`, { exact: true }).waitFor();
    expect(await screen.figure("member.balance")).toBe(before);
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter");
    await screen.announces("outcome.award");
    await expect.poll(() => screen.figure("member.balance")).toBe(before + 10 * version);
  });

  it("takes back an entry out of the journal when the offer to undo is gone", async () => {
    await screen.signIn("clerk");
    await swipe(first + 3);
    const before = await screen.figure("member.balance");
    const receipt = nextReceipt();
    await screen.award(receipt, "500");
    await screen.signOut();
    await screen.signIn("clerk");
    await screen.press("F8");
    await screen.atList("void.line");
    const entry = screen.page.getByRole("option").filter({ hasText: receipt });
    while ((await entry.getAttribute("aria-selected")) === "false") await screen.press("ArrowDown");
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter", "ArrowDown", "Enter");
    await screen.announces("outcome.void");
    await expect.poll(() => screen.figure("member.balance")).toBe(before);
    await screen.press("F8");
    await screen.atList("void.line");
    await expect.poll(() => entry.count()).toBe(0);
  });

  it("serves on while much is on its way to head office, and reads how much is left and that nobody waits for it", async () => {
    await screen.signIn("clerk");
    await swipe(first + 7);
    await exchange();
    const strip = screen.page.getByRole("banner");
    const waiting = (count: number) => strip.getByText(screen.t("shell.sync.waiting", { count }));
    await waiting(1).waitFor({ state: "detached" });
    await counter.whileHeadOfficeIsBusy(async () => {
      await screen.award(nextReceipt(), "100");
      const usable = await screen.figure("member.spendable");
      await screen.award(nextReceipt(), "100");
      await expect.poll(() => screen.figure("member.spendable")).toBeGreaterThan(usable);
      await waiting(2).waitFor();
      await screen.open("sync.title");
      await screen.sees("sync.catchingUp.title", { count: 2 });
      expect(await layoutFaults(screen.page)).toEqual([]);
      expect(await screen.barriers()).toEqual([]);
    });
    await screen.sees("sync.even.title");
    await screen.press("Escape");
  });

  it("makes points spendable that a manager approves (P-08)", async () => {
    await screen.signIn("clerk");
    await swipe(first + 4);
    const name = await memberShown();
    const spendableHere = await screen.figure("member.spendable");
    await screen.type(nextReceipt());
    await screen.press("Enter");
    await screen.type("70000");
    await screen.press("Tab", "ArrowDown", "Enter");
    await screen.announces("outcome.proposal");
    expect(await screen.figure("member.spendable")).toBe(spendableHere);
    await exchange();
    await screen.signOut();
    await screen.signIn("manager");
    await reader.swipe(sampleCard(first + 4));
    await screen.press("Alt+KeyP");
    await screen.atList("proposals.list");
    const proposal = screen.page.getByRole("option").filter({ hasText: name }).filter({ hasText: "HQ-" });
    while ((await proposal.getAttribute("aria-selected")) === "false") await screen.press("ArrowDown");
    await screen.tabTo(screen.page.getByRole("button", { name: screen.t("proposals.approve"), exact: true }));
    await screen.press("Enter");
    await screen.sees("proposals.approved", { name, points: 7 });
    await expect.poll(() => screen.figure("member.spendable")).toBe(spendableHere + 7);
  });

  it("awards nothing on a blocked card, and says what to tell the customer", async () => {
    await screen.signIn("manager");
    await swipe(first + 5);
    await screen.press("F7");
    await screen.atList("block.reason");
    await screen.press("Enter", "Enter");
    await screen.announces("outcome.block");
    await screen.signOut();
    await screen.signIn("clerk");
    await reader.swipe(sampleCard(first + 5));
    await screen.sees("member.card.swipedIsBlocked");
    await screen.press("F4");
    await refusal("CARD_BLOCKED").waitFor();
    expect(await screen.field("award.receipt").count()).toBe(0);
    expect(await screen.barriers()).toEqual([]);
  });

  it("keeps the member and what was typed when the language changes", async () => {
    const other = locale === "zh-CN" ? "en-US" : "zh-CN";
    await screen.signIn("clerk");
    await swipe(first + 6);
    const name = await memberShown();
    await screen.type("half");
    await screen.press("Alt+KeyL");
    const receipt = screen.page.getByLabel(
      createIntl({ locale: other, messages: messagesIn(other) }).formatMessage({ id: "award.receipt" }),
      { exact: true },
    );
    expect(await receipt.inputValue()).toBe("half");
    expect(await memberShown()).toBe(name);
    await screen.press("Alt+KeyL");
    expect(await screen.field("award.receipt").inputValue()).toBe("half");
  });
});

it("shows in the strip that the reader is unplugged, and that it is back", async () => {
  const screen = await openCounterPage(browser, counter.url, { locale: "zh-CN", width: 1366, height: 768, scheme: "dark" });
  const strip = screen.page.getByRole("banner");
  await screen.signIn("clerk");
  await strip.getByText(screen.t("shell.reader.ready")).waitFor();
  await reader.unplug();
  await strip.getByText(screen.t("shell.reader.absent")).waitFor();
  expect(await screen.barriers()).toEqual([]);
  await reader.plugIn();
  await strip.getByText(screen.t("shell.reader.ready")).waitFor();
  await reader.swipe(sampleCard(21));
  await screen.field("award.receipt").waitFor();
  await screen.close();
});
