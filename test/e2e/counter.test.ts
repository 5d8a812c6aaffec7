import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import { openCounterPage, type CounterPage, type Screen } from "./support/counter-page.ts";
import { openPortPage } from "./support/port-page.ts";
import { takeSample } from "./support/sample-folder.ts";
import { putUpReader, sampleCard, type ReaderOnTheCounter } from "./support/reader-on-the-counter.ts";

let browser: Browser;
let counter: ServedCounter;
let reader: ReaderOnTheCounter;
let receipts = 0;
let blanks = 900;
const nextReceipt = (): string => `XP-${(receipts += 1)}`;
const nextBlankCard = (): string => sampleCard((blanks += 1));

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

describe.each([small, large])("the counter in $locale at $width × $height", (size) => {
  let screen: CounterPage;
  /** Members of the sample that no other test of this run touches. */
  const first = size.locale === "zh-CN" ? 1 : 31;

  beforeAll(async () => {
    screen = await openCounterPage(browser, counter.url, size);
  });
  beforeEach(({ onTestFailed }) => {
    // The next test finds the sign-in whatever this one left behind: a new connection knows nobody.
    onTestFailed(async () => void (await screen.page.reload()));
  });
  afterEach(async () => {
    await screen.signOut();
    // A page that complains in its console fails, whatever else it does.
    screen.mustNotHaveComplained();
  });
  afterAll(() => screen.close());

  const swipe = async (n: number): Promise<void> => {
    await reader.swipe(sampleCard(n));
    await screen.field("award.receipt").waitFor();
  };
  const award = async (yuan: string): Promise<string> => {
    const receipt = nextReceipt();
    await screen.award(receipt, yuan);
    return receipt;
  };

  it("says how many attempts are left, and signs in all the same (U-03, U-04)", async () => {
    await screen.field("signIn.userName").waitFor();
    await screen.type("chen");
    await screen.press("Enter");
    await screen.type("not the password");
    await screen.press("Enter");
    await screen.sees("refusal.WRONG_CREDENTIALS.title");
    expect(await screen.barriers()).toEqual([]);
    await screen.type("counter-2026");
    await screen.press("Enter");
    await screen.sees("workplace.empty.title");
    expect(await screen.barriers()).toEqual([]);
  });

  it("brings a member up at a swipe, whatever is open, and keeps the form that was half filled", async () => {
    await screen.signIn("clerk");
    await swipe(first);
    await screen.type("half");
    await screen.press("F1");
    await screen.sees("shell.help.title");
    const before = await screen.page.getByRole("heading", { level: 2 }).first().textContent();
    await reader.swipe(sampleCard(first + 1));
    await screen.button("workplace.switchBack").waitFor();
    expect(await screen.field("award.receipt").inputValue()).toBe("");
    expect(await screen.page.getByRole("dialog").count()).toBe(0);
    await screen.press("Alt+Digit1");
    await screen.button("acts.startOver").waitFor();
    expect(await screen.field("award.receipt").inputValue()).toBe("half");
    expect(await screen.page.getByRole("heading", { level: 2 }).first().textContent()).toBe(before);
  });

  it("awards for a receipt typed in full-width figures, and takes it back with F8", async () => {
    await screen.signIn("clerk");
    await swipe(first + 2);
    const before = await screen.figure("member.balance");
    const receipt = await award("１２８．５０");
    await expect.poll(() => screen.figure("member.balance")).toBe(before + 12);
    await screen.page.getByText(receipt).waitFor();
    await screen.press("F8");
    await screen.announces("outcome.void");
    await expect.poll(() => screen.figure("member.balance")).toBe(before);
    expect(await screen.barriers()).toEqual([]);
  });

  it("refuses a receipt that was entered before, and says what to tell the customer", async () => {
    await screen.signIn("clerk");
    await swipe(first + 3);
    const receipt = await award("50");
    await screen.press("F4");
    await screen.type(receipt);
    await screen.press("Enter");
    await screen.type("50");
    await screen.press("Enter");
    const alert = screen.page.getByRole("alert").filter({ hasText: screen.t("refusal.RECEIPT_USED.remedy") });
    await alert.waitFor();
    expect(await alert.textContent()).toContain(screen.t("refusal.say", { sentence: "" }).slice(0, 3));
    expect(await screen.field("award.receipt").inputValue()).toBe(receipt);
  });

  it("redeems by arrow keys, and offers fewer where the points here do not reach (X-05)", async () => {
    await screen.signIn("clerk");
    await swipe(first + 4);
    await award("3000");
    await screen.press("F6");
    await screen.atList("redeem.plans");
    await screen.press("End", "Home", "Tab");
    await screen.type("99");
    await screen.press("Enter");
    await screen.page
      .getByRole("alert")
      .filter({ hasText: screen.t("refusal.INSUFFICIENT_POINTS.remedy") })
      .waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.field("redeem.quantity").focus();
    await screen.press("Control+KeyA");
    await screen.type("1");
    await screen.press("Enter");
    await screen.announces("outcome.redeem");
    // The line is up, so head office may have filled up what is usable here by now; what was taken is what the panel says.
    await screen.page.getByText("−80", { exact: true }).first().waitFor();
  });

  it("explains a number by lines that add up to it", async () => {
    await screen.signIn("clerk");
    await swipe(first + 5);
    const shown = (await screen.figure("member.balance")) + 7;
    await award("70");
    await expect.poll(() => screen.figure("member.balance")).toBe(shown);
    const balance = screen.page.getByRole("button", { name: new RegExp(screen.t("member.balance")) }).first();
    // Beside head office's part: all the places together are the balance, too.
    const atHeadOffice = screen.page.getByLabel(screen.t("member.lies"), { exact: true }).getByRole("button").nth(1);
    for (const number of [balance, atHeadOffice]) {
      await number.focus();
      await screen.press("Enter");
      const dialog = screen.page.getByRole("dialog");
      await dialog.getByText(screen.t("member.explain.total")).waitFor();
      const figures = await dialog.getByRole("cell").allTextContents();
      const numbers = figures.map((figure) => Number(figure.replaceAll(",", "").replace("−", "-")));
      expect(numbers.at(-1)).toBe(shown);
      expect(numbers.slice(0, -1).reduce((sum, points) => sum + points, 0)).toBe(shown);
      expect(await screen.barriers()).toEqual([]);
      await screen.press("Escape");
      await dialog.waitFor({ state: "detached" });
    }
  });

  it("enrols a new member, issues the card that is swiped, and knows it from then on (K-01)", async () => {
    const card = nextBlankCard();
    await screen.signIn("clerk");
    await screen.press("F3");
    await screen.type("诸葛明");
    await screen.press("Enter");
    await screen.type(`138 0000 ${String(blanks).padStart(4, "0")}`);
    await screen.press("Enter");
    await screen.field("issue.number").waitFor();
    await reader.swipe(card);
    await screen.sees("issue.swiped", { last4: card.slice(-4) });
    await screen.press("Enter");
    await screen.announces("outcome.issue", { last4: card.slice(-4) });
    await screen.press("Enter");
    await screen.sees("workplace.empty.title");
    await reader.swipe(card);
    await screen.field("award.receipt").waitFor();
    expect(await screen.page.getByRole("heading", { level: 2 }).first().textContent()).toBe("诸葛明");
    // Beside the main card, a sub-card on the same account (K-02, K-07).
    const subCard = nextBlankCard();
    await screen.press("F3");
    await screen.field("issue.number").waitFor();
    await reader.swipe(subCard);
    await screen.sees("issue.swiped", { last4: subCard.slice(-4) });
    await screen.sees("issue.as.sub");
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter");
    await screen.announces("outcome.issueSub");
    await screen.press("Enter");
    await screen.sees("workplace.empty.title");
    await reader.swipe(subCard);
    await screen.sees("member.subCard", { last4: subCard.slice(-4) });
  });

  it("tells an unknown card, a foreign one and a bad swipe apart", async () => {
    await screen.signIn("clerk");
    await reader.swipe(nextBlankCard());
    await screen.sees("refusal.CARD_UNKNOWN_HERE.remedy");
    await screen.press("Escape");
    await reader.swipe("6000123456789015=29121010000");
    await screen.sees("refusal.CARD_NOT_RECOGNISED.title");
    await screen.press("Escape");
    await reader.swipeBadly(sampleCard(first));
    await screen.sees("refusal.READ_FAILED.title");
    expect(await screen.barriers()).toEqual([]);
  });

  it("asks before a card is blocked, and knows the blocked card again", async () => {
    await screen.signIn("manager");
    await swipe(first + 6);
    await screen.press("F7");
    await screen.atList("block.reason");
    await screen.press("2", "Enter", "Escape", "Enter");
    await screen.page.getByRole("button", { name: screen.t("block.sure.no") }).waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter");
    await screen.announces("outcome.block");
    await reader.swipe(sampleCard(first + 6));
    await screen.sees("member.card.swipedIsBlocked");
  });

  it("replaces a card by its typed number, and blocks nothing when the new one is somebody's (K-11, Z-02)", async () => {
    await screen.signIn("manager");
    await swipe(first + 7);
    await screen.press("F7");
    await screen.atList("block.reason");
    await screen.press("Tab");
    await screen.type("12");
    await screen.press("Enter");
    await screen.sees("block.newCard.wrong");
    await screen.press("Control+KeyA");
    await screen.type(sampleCard(first + 8));
    await screen.press("Enter");
    await screen.sees("replace.sure", { last4: sampleCard(first + 7).slice(-4), new4: sampleCard(first + 8).slice(-4) });
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter");
    await screen.sees("refusal.CARD_TAKEN.title");
    await screen.field("block.newCard").focus();
    await screen.press("Control+KeyA");
    const blankCard = nextBlankCard();
    await screen.type(blankCard);
    await screen.press("Enter", "Enter");
    await screen.announces("outcome.replace", { last4: blankCard.slice(-4) });
    await reader.swipe(sampleCard(first + 7));
    await screen.sees("member.card.swipedIsBlocked");
    await reader.swipe(blankCard);
    await screen.field("award.receipt").waitFor();
  });

  it("finds a member by pinyin initials, and signs out", async () => {
    await screen.signIn("clerk");
    await screen.press("F2");
    await screen.field("find.label").waitFor();
    await screen.type("w");
    await screen.page.getByRole("option").first().waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.press("ArrowDown", "Enter");
    await screen.button("member.balance").waitFor();
    await screen.press("Alt+KeyQ");
    await screen.field("signIn.userName").waitFor();
  });

  it("opens whom the whole text finds, however fast Enter follows it", async () => {
    await screen.signIn("clerk");
    await swipe(first);
    const [name, number] = [
      await screen.memberShown(),
      await screen.page
        .getByText(/\d{11}/)
        .first()
        .textContent(),
    ];
    await screen.press("Escape", "F2");
    await screen.page.keyboard.insertText("1");
    await screen.page.getByRole("option").nth(1).waitFor();
    await screen.page.keyboard.insertText("x");
    await screen.press("Control+KeyA");
    await screen.page.keyboard.insertText(/\d{11}/.exec(number ?? "")?.[0] ?? "");
    await screen.press("Enter");
    await expect.poll(() => screen.memberShown()).toBe(name);
  });

  it("lets a manager approve what was proposed", async () => {
    await screen.signIn("clerk");
    await swipe(first + 7);
    const name = (await screen.page.getByRole("heading", { level: 2 }).first().textContent()) ?? "";
    await screen.type(nextReceipt());
    await screen.press("Enter");
    await screen.type("50000");
    await screen.press("Tab", "ArrowDown", "Enter");
    await screen.announces("outcome.proposal");
    await screen.press("F5");
    await screen.announces("workplace.exchanged");
    await screen.press("Alt+KeyQ");
    await screen.signIn("manager");
    await screen.press("Alt+KeyP");
    await screen.atList("proposals.list");
    expect(await screen.barriers()).toEqual([]);
    const own = screen.page.getByRole("option", { name }).first();
    while ((await own.getAttribute("aria-selected")) === "false") await screen.press("ArrowDown");
    await screen.press("Tab", "Enter", "Enter");
    await screen.sees("proposals.approved", { name, points: 5 });
  });

  it("fits the screen without scrolling the page", async () => {
    await screen.signIn("clerk");
    await swipe(first + 8);
    await award("10");
    await screen.press("F6");
    await screen.atList("redeem.plans");
    const isWithin = await screen.page.evaluate(
      "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth",
    );
    expect(isWithin).toBe(true);
  });
});

it.each([
  ["zh-CN", "Sign in"],
  ["en-US", "登录柜台"],
] as const)("changes its language from %s at one key and remembers it", async (locale, words) => {
  const screen = await openCounterPage(browser, counter.url, { ...small, locale });
  const heading = screen.page.getByRole("heading");
  await screen.field("signIn.userName").waitFor();
  await screen.press("Alt+KeyL");
  await expect.poll(() => heading.textContent()).toBe(words);
  await screen.page.reload();
  await expect.poll(() => heading.textContent()).toBe(words);
  await screen.close();
});

describe("in the dark and zoomed to 200 %", () => {
  it("keeps every control in reach and its contrast", async () => {
    const screen = await openCounterPage(browser, counter.url, { locale: "zh-CN", width: 683, height: 384, scheme: "dark" });
    await screen.signIn("clerk");
    await reader.swipe(sampleCard(60));
    await screen.field("award.receipt").waitFor();
    await screen.button("award.submit").last().scrollIntoViewIfNeeded();
    expect(await screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(await screen.barriers()).toEqual([]);
    await screen.close();
  });
});

describe("over a message port, as in the Electron shell", () => {
  it("signs in, brings members up and awards, and goes on over a fresh port when the old one closes", async () => {
    const { screen, dropPort, close } = await openPortPage(counter.url, small);
    onTestFinished(close);
    await screen.signIn("clerk");
    await reader.swipe(sampleCard(62));
    await screen.field("award.receipt").waitFor();
    const balance = await screen.figure("member.balance");
    await screen.award(nextReceipt(), "90");
    await expect.poll(() => screen.figure("member.balance")).toBe(balance + 9);

    await dropPort();
    await screen.signIn("clerk");
    await reader.swipe(sampleCard(63));
    await screen.field("award.receipt").waitFor();
    screen.mustNotHaveComplained();
  });
});

describe("with the line cut", () => {
  it("goes on awarding and redeeming, and keeps what only head office can decide", async () => {
    const screen = await openCounterPage(browser, counter.url, small);
    await screen.signIn("manager");
    await counter.cutLine();
    await screen.press("F5");
    await screen.announces("workplace.exchangeOffline");
    await screen.page.getByRole("banner").getByText(screen.t("shell.sync.offline")).waitFor();

    await reader.swipe(sampleCard(61));
    await screen.field("award.receipt").waitFor();
    await screen.award(nextReceipt(), "1000");
    await screen.press("F6");
    await screen.atList("redeem.plans");
    await screen.press("1", "Enter");
    await screen.announces("outcome.redeem");

    await screen.press("F6");
    await screen.atList("redeem.plans");
    await screen.press("Tab");
    await screen.type("99");
    await screen.press("Enter");
    await screen.page
      .getByRole("alert")
      .filter({ hasText: screen.t("refusal.INSUFFICIENT_POINTS.remedy") })
      .waitFor();
    expect(await screen.barriers()).toEqual([]);

    await screen.press("Alt+KeyP");
    await screen.sees("proposals.needsLine");
    await screen.atList("proposals.list");
    await screen.press("Tab");
    await screen.type("小票看不清");
    await screen.press("Enter", "Enter");
    await screen.sees("refusal.NEEDS_HEAD_OFFICE.title");
    expect(await screen.field("proposals.reason").inputValue()).toBe("小票看不清");
    await screen.close();
  });
});
