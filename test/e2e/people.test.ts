import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import { staffCardsOfSample } from "#main/app/practice/practice.ts";
import { openCounterPage, type CounterPage, type Screen } from "./support/counter-page.ts";
import { takeSample } from "./support/sample-folder.ts";
import { putUpReader, sampleCard, type ReaderOnTheCounter } from "./support/reader-on-the-counter.ts";

const [chensCard, zhaosCard] = staffCardsOfSample;

let browser: Browser;
let counter: ServedCounter;
let reader: ReaderOnTheCounter;

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

const small: Screen = { locale: "zh-CN", width: 1366, height: 768 };
const large: Screen = { locale: "en-US", width: 1920, height: 1080 };

describe.each([small, large])("people at the counter, in $locale", (size) => {
  let screen: CounterPage;
  /** Members of the sample that no other test of this run touches. */
  const first = size.locale === "zh-CN" ? 1 : 31;

  beforeAll(async () => {
    screen = await openCounterPage(browser, counter.url, size);
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

  it("lets a supervisor authorise one act, and the clerk goes on working", async () => {
    await screen.signIn("clerk");
    await swipe(first);
    await screen.press("F7");
    await screen.atList("block.reason");
    await screen.page.getByRole("option").first().waitFor();
    await screen.press("Enter");
    await screen.page.getByRole("button", { name: screen.t("block.sure.no") }).waitFor();
    await screen.press("Enter");
    await screen.field("supervisor.userName").waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.type("zhao");
    await screen.press("Enter");
    await screen.type("not the password");
    await screen.press("Enter");
    await screen.sees("refusal.WRONG_CREDENTIALS.title");
    await screen.type("counter-2026");
    await screen.press("Enter");
    await screen.announces("outcome.block");
    await screen.page.getByRole("banner").getByText("陈雨桐").waitFor();
  });

  it("lets a supervisor authorise by staff card and PIN, without taking the counter over", async () => {
    await screen.signIn("clerk");
    await swipe(first + 6);
    await screen.press("F7");
    await screen.atList("block.reason");
    await screen.page.getByRole("option").first().waitFor();
    await screen.press("Enter");
    await screen.page.getByRole("button", { name: screen.t("block.sure.no") }).waitFor();
    await screen.press("Enter");
    await screen.field("supervisor.userName").waitFor();
    await reader.swipe(sampleCard(zhaosCard));
    const pin = screen.page.getByLabel(screen.t("supervisor.pin", { name: "赵明远" }), { exact: true });
    await pin.and(screen.page.locator(":focus")).waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
    await screen.field("supervisor.userName").waitFor();
    await reader.swipe(sampleCard(zhaosCard));
    await pin.and(screen.page.locator(":focus")).waitFor();
    await screen.type("369025");
    await screen.press("Enter");
    await screen.announces("outcome.block");
    await screen.page.getByRole("banner").getByText("陈雨桐").waitFor();
  });

  it("locks with F10, keeps what was typed for its author alone, and brings up who swiped meanwhile", async () => {
    await screen.signIn("clerk");
    await swipe(first + 1);
    const name = await screen.memberShown();
    await screen.type("half a receipt");
    await screen.press("F10");
    await screen.sees("signIn.locked.title");
    expect(await screen.inSight(name)).toBe(false);
    expect(await screen.barriers()).toEqual([]);

    await screen.press("Shift+Tab", "2", "Enter");
    await screen.sees("workplace.empty.title");
    expect(await screen.inSight(screen.t("member.balance"))).toBe(false);
    await swipe(first + 2);
    expect(await screen.field("award.receipt").inputValue()).toBe("");
    await screen.press("F10");
    await screen.sees("signIn.locked.title");
    await reader.swipe(sampleCard(first + 1));

    await screen.press("Shift+Tab", "1", "Enter");
    await screen.sees("workplace.memberShown", { name });
    await expect.poll(() => screen.field("award.receipt").inputValue()).toBe("half a receipt");
    await screen.field("award.receipt").and(screen.page.locator(":focus")).waitFor();
    await screen.press("Control+KeyA");
    await screen.award(`XP-back-${first}`, "10");
  });

  it("changes hands by staff card and PIN, and gives back what was left", async () => {
    await screen.signIn("clerk");
    await swipe(first + 5);
    const name = await screen.memberShown();
    await screen.type("half a receipt");
    await reader.swipe(sampleCard(zhaosCard));
    await screen.field("signIn.pin").waitFor();
    await screen.sees("signIn.pin.title", { name: "赵明远" });
    expect(await screen.barriers()).toEqual([]);
    await screen.type("258014");
    await screen.press("Enter");
    await screen.sees("refusal.WRONG_PIN.title");
    await screen.type("369025");
    await screen.press("Enter");
    await screen.page.getByRole("banner").getByText("赵明远").waitFor();
    expect(await screen.inSight(name)).toBe(false);

    await reader.swipe(sampleCard(chensCard));
    await screen.sees("signIn.pin.title", { name: "陈雨桐" });
    await screen.type("258014");
    await screen.press("Enter");
    await expect.poll(() => screen.field("award.receipt").inputValue()).toBe("half a receipt");
  });

  it("locks itself when nobody has touched it for five minutes", async () => {
    await screen.signIn("clerk");
    await screen.page.clock.install();
    await screen.page.clock.fastForward("04:50");
    await screen.press("Shift");
    await screen.page.clock.fastForward("04:50");
    expect(await screen.inSight(screen.t("journal.title"))).toBe(true);
    await screen.page.clock.fastForward("00:15");
    await screen.sees("signIn.locked.title");
    expect(await screen.inSight(screen.t("journal.title"))).toBe(false);
    await screen.page.clock.resume();
  });

  it("adds the shift up, opens a figure, and closes it whatever waits for the line", async () => {
    await screen.signIn("clerk");
    await swipe(first + 3);
    await screen.award(`XP-shift-${first}`, "70");
    await screen.open("shift.title");
    const screenOfShift = screen.page
      .getByRole("main")
      .getByRole("region", { name: screen.t("shift.title") })
      .last();
    const row = screenOfShift.getByRole("row", { name: screen.t("shift.figure.awarded") });
    await row.getByRole("button").last().click();
    await screen.page.getByRole("dialog").getByText(`XP-shift-${first}`).waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
    await screen.tabTo(screenOfShift.getByRole("button", { name: screen.t("shift.close") }));
    await screen.press("Enter");
    await screen.page
      .getByRole("status")
      .filter({ hasText: screen.t("shift.closed.late") })
      .waitFor();
    await screen.press("Enter");
    await screen.page.getByText(screen.t("shift.lead.empty", { date: "" }).slice(-8)).waitFor();
    expect(await row.getByRole("button").count()).toBe(0);
  });

  it("clears the desk of whoever signs out", async () => {
    await screen.signIn("clerk");
    await swipe(first + 4);
    await screen.type("half a receipt");
    await screen.signOut();
    await screen.signIn("clerk");
    expect(await screen.inSight(screen.t("member.balance"))).toBe(false);
    await swipe(first + 4);
    expect(await screen.field("award.receipt").inputValue()).toBe("");
  });
});
