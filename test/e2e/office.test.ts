import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memberNumberOf } from "#shared/domain/members/member-number.ts";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import type { MessageKey } from "../../src-renderer/app/intl/catalogue.ts";
import { openCounterPage, type CounterPage, type Screen } from "./support/counter-page.ts";
import { takeSample } from "./support/sample-folder.ts";

let browser: Browser;
let counter: ServedCounter;

beforeAll(async () => {
  const data = await takeSample();
  [browser, counter] = await Promise.all([launchChromium(), serveCounter(data)]);
});
afterAll(async () => {
  await browser.close();
  await counter.close();
});

const small: Screen = { locale: "zh-CN", width: 1366, height: 768 };
const large: Screen = { locale: "en-US", width: 1920, height: 1080 };

/** So long that somebody thinks of fencing. */
const silentDays = 45;
/** At home in the branch that is silent, with points there, and served at this counter before. */
const memberOfDeadBranch = memberNumberOf(2, 2) ?? "";

/** Members of the sample, by their place in it. */
const numberOf = (n: number): string => memberNumberOf(1, n) ?? "";

async function signedIn(size: Screen): Promise<CounterPage> {
  const screen = await openCounterPage(browser, counter.url, size);
  await screen.signIn("administrator");
  return screen;
}

describe.each([small, large])("an administrator at a counter, in $locale", (size) => {
  let screen: CounterPage;
  beforeAll(async () => {
    screen = await signedIn(size);
  });
  afterAll(() => screen.close());

  it("makes one member of two, sees both first, and makes two of them again", async () => {
    await screen.open("people.title");
    const { page } = screen;
    const [one, other] = size === small ? [numberOf(1), numberOf(2)] : [numberOf(3), numberOf(4)];
    await screen.field("people.compare.one").fill(one);
    await screen.field("people.compare.other").fill(other);
    await screen.press("Enter");
    await page.getByRole("group", { name: screen.t("people.keeps") }).waitFor();
    expect(await screen.barriers()).toEqual([]);
    // Tab leaves the fields and goes by what is to be chosen; Enter in the form makes one member of the two.
    await screen.tabTo(
      page
        .getByRole("group", { name: screen.t("people.keeps") })
        .getByRole("radio")
        .first(),
    );
    await screen.press("Enter");
    await page.getByRole("option", { name: screen.t("people.merged") }).waitFor();
    await screen.button("people.split.show").click();
    await screen.button("people.split.submit").waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.button("people.split.submit").click();
    await screen.button("people.split.submit").waitFor({ state: "detached" });
    await screen.press("Escape");
  });

  it("makes an account, and is shown its temporary password once (U-05)", async () => {
    await screen.open("accounts.title");
    await screen.atList("accounts.list");
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Shift+Tab", "Enter");
    await screen.field("accounts.userName").and(screen.page.locator(":focus")).waitFor();
    await screen.type(`new-${size.locale}`);
    await screen.press("Tab");
    await screen.type("新人");
    await screen.press("Enter");
    await screen.announces("accounts.password", { name: "新人" });
    await screen.page.getByRole("option", { name: `new-${size.locale}` }).waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
  });

  it("publishes the next version of a rule, tried out before (P-08)", async () => {
    await screen.open("rules.title");
    await screen.atList("rules.list");
    const name = size.locale === "zh-CN" ? "门店消费" : "Shop purchase";
    const purchase = screen.page.getByRole("option", { name });
    await screen.page.getByRole("option").nth(1).waitFor();
    await screen.press("ArrowDown", "ArrowUp");
    await purchase.and(screen.page.locator("[aria-selected=true]")).waitFor();
    const points = screen.field("rules.points");
    await screen.tabTo(points);
    await screen.press("ControlOrMeta+KeyA");
    await screen.type("2");
    // 128.50 yuan at two points for every ten.
    await screen.page.getByText(screen.t("rules.preview.points", { points: 25 }), { exact: false }).waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter");
    await screen.announces("rules.published", { name, version: size === small ? 2 : 3 });
    await screen.press("Escape");
  });

  it("names a gift, and is told which numbers cannot be given out", async () => {
    await screen.open("officeStock.title");
    const first = screen.field("officeStock.first");
    await first.focus();
    await screen.type("6222021234567890");
    await screen.press("Tab");
    await screen.type("6222021234567898");
    await screen.press("Enter");
    await screen.sees("refusal.CARD_NOT_RECOGNISED.title");
    expect(await screen.barriers()).toEqual([]);
    await screen.page.getByRole("radio", { name: screen.t("officeStock.gifts") }).check();
    await screen.field("officeStock.giftId").focus();
    await screen.type(`cup-${size.locale}`);
    await screen.press("Tab");
    await screen.type("茶杯");
    await screen.press("Tab");
    await screen.type("Cup");
    await screen.press("Enter");
    await screen.announces("officeStock.saved", { name: size.locale === "zh-CN" ? "茶杯" : "Cup" });
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
  });

  it("makes a pool; a member joins, spends what lies in it, and leaves with the rest", async () => {
    const { page } = screen;
    const [poolName, number] = size === small ? ["三楼一家", numberOf(7)] : ["Fourth floor", numberOf(8)];
    await screen.open("pools.title");
    await screen.tabTo(screen.button("pools.new"));
    await screen.press("Enter");
    await screen.field("pools.name").fill(poolName);
    await screen.press("Enter");
    await screen.announces("pools.made");
    await screen.field("pools.memberNumber").fill(number);
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter");
    await screen.announces("pools.joined");
    await screen.press("Escape");

    await screen.press("F5");
    await screen.announces("workplace.exchanged");
    await screen.press("F2");
    await screen.type(number);
    await page.getByRole("option").first().waitFor();
    await screen.press("Enter");
    await screen.award(`POOL-${size.locale}`, "200000");
    await screen.press("F5");
    const shared = page.locator("dt", { hasText: poolName }).locator("xpath=following-sibling::dd");
    const points = async (): Promise<number> => Number(/[\d,]+/.exec((await shared.textContent()) ?? "")?.[0].replaceAll(",", ""));
    await expect.poll(points).toBeGreaterThan(0);
    const saved = await points();
    expect(await screen.barriers()).toEqual([]);
    // Fifty times two tickets are more than anybody of the sample has alone.
    await screen.press("F6");
    await screen.atList("redeem.plans");
    const tickets = page.getByRole("option", { name: size === small ? "电影票" : "cinema" });
    while ((await tickets.getAttribute("aria-selected")) === "false") await screen.press("ArrowDown");
    await screen.press("Tab");
    await screen.type("50");
    await screen.press("Enter");
    const fetches = new RegExp(screen.t("redeem.short.draw", { points: "@" }).replace("@", "[\\d,]+"));
    await screen.tabTo(page.getByRole("button", { name: fetches }));
    await screen.press("Enter");
    await screen.announces("outcome.redeem");
    await expect.poll(points).toBeLessThan(saved);
    await screen.press("Escape");

    await screen.open("pools.title");
    const listed = page.getByRole("option", { name: poolName });
    await listed.waitFor();
    await screen.atList("pools.list");
    while ((await listed.getAttribute("aria-selected")) === "false") await screen.press("ArrowDown");
    await screen.tabTo(page.getByRole("button", { name: number }));
    await screen.press("Enter");
    const left = new RegExp(screen.t("pools.left", { taken: "@" }).replace("@", "[\\d,]+"));
    await page.getByRole("status").filter({ hasText: left }).waitFor();
    await listed.getByText(screen.t("pools.members", { count: 0 })).waitFor();
    await screen.press("Escape");
  });

  it("fences a counter that is silent for long having seen the worst case, and another day gives back what it held", async () => {
    const isFirstDay = size === small;
    if (isFirstDay) {
      // Head office's clock goes with the counter's: for both the other branches have been silent since.
      await counter.setClockWrong(silentDays * dayMs);
      await screen.press("F5");
      await screen.announces("workplace.exchanged");
    }
    await screen.open("stations.title");
    await screen.atList("stations.list");
    const dead = screen.page.getByRole("option", { name: "城西店" });
    await dead.waitFor();
    while ((await dead.getAttribute("aria-selected")) === "false") await screen.press("ArrowDown");
    expect(await screen.barriers()).toEqual([]);
    const fact = (label: MessageKey) => screen.page.locator(`dt:text-is("${screen.t(label)}") + dd`);
    const opens = screen.button(isFirstDay ? "stations.fence" : "stations.giveBack");
    await opens.focus();
    await screen.press("Enter");
    const dialog = screen.page.getByRole("dialog");
    await dialog.waitFor();
    const span = screen.t("shell.clock.days", { count: silentDays });
    if (isFirstDay) await dialog.getByText(screen.t("stations.fence.silent", { span }), { exact: true }).waitFor();
    // What it may cost is said in points and members, and the button says it once more.
    const held = (await fact(isFirstDay ? "stations.rights" : "stations.setAside").textContent()) ?? "";
    const [members = "", points = ""] = (held.match(/[\d,]+/g) ?? []).toSorted((a, b) => a.length - b.length);
    const worst = screen.t(isFirstDay ? "stations.fence.worst" : "stations.giveBack.worst", { members: Number(members), points });
    await dialog.getByText(worst, { exact: true }).waitFor();
    expect(await screen.barriers()).toEqual([]);
    // Enter in haste leaves it; what can cost points is reached on purpose.
    await screen.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await screen.press("Enter");
    await dialog.waitFor();
    await screen.press("Tab", "Enter");
    await screen.page.getByRole("option", { name: screen.t("stations.state.fenced") }).waitFor();
    await opens.waitFor({ state: "detached" });
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
    // What the member is told at the counter: where the points lie until somebody gives them back.
    await screen.press("F2");
    await screen.type(memberOfDeadBranch);
    await screen.page.getByRole("option").first().waitFor();
    await screen.press("Enter");
    await screen.button("member.balance").waitFor();
    const setAside = screen.page.getByText(screen.t("member.lies.setAside", { branch: "城西店" }), { exact: true });
    await setAside.waitFor({ state: isFirstDay ? "visible" : "detached" });
    await screen.press("Escape", "Escape");
  });

  it("closes the books up to yesterday, and afterwards reads the closed figures", async () => {
    await screen.open("periods.title");
    await screen.field("periods.closeUntil").waitFor();
    if (size === small) {
      await screen.tabTo(screen.field("periods.closeUntil"));
      await screen.press("Enter");
    }
    await screen.page
      .getByRole("table")
      .filter({ hasText: screen.t("periods.closing") })
      .waitFor();
    // The day is closed now, and is not closed twice.
    await screen.tabTo(screen.button("periods.close"));
    await screen.press("Enter");
    await screen.sees("periods.closeUntil.wrong");
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
  });

  it("changes the own password once the new one is typed twice alike, and takes it at once (U-01)", async () => {
    await screen.open("password.title");
    await screen.field("password.old").and(screen.page.locator(":focus")).waitFor();
    const enter = async (typed: Partial<Record<"password.old" | "password.new" | "password.again", string>>): Promise<void> => {
      for (const [key, text] of Object.entries(typed)) {
        await screen.field(key as keyof typeof typed).focus();
        await screen.press("ControlOrMeta+KeyA");
        await screen.type(text);
      }
      await screen.press("Enter");
    };
    await enter({ "password.old": "counter-2026", "password.new": "four unrelated words", "password.again": "four related words" });
    await screen.sees("password.again.wrong");
    expect(await screen.barriers()).toEqual([]);
    await enter({ "password.again": "four unrelated words" });
    await screen.announces("password.done");
    expect(await screen.field("password.new").inputValue()).toBe("");
    expect(await screen.barriers()).toEqual([]);
    await enter({ "password.old": "four unrelated words", "password.new": "counter-2026", "password.again": "counter-2026" });
    await screen.announces("password.done");
    await screen.press("Escape");
  });

  it("finds who did it in the log of acts", async () => {
    await screen.open("audit.title");
    await screen.page
      .getByRole("cell", { name: screen.t("audit.type.rule.publish") })
      .first()
      .waitFor();
    expect(await screen.page.getByRole("cell", { name: "吴静" }).count()).toBeGreaterThanOrEqual(2);
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
    screen.mustNotHaveComplained();
  });
});

describe("a manager at a counter", () => {
  it("clears the PIN of a colleague of the branch, and is offered nothing else of the account", async () => {
    const screen = await openCounterPage(browser, counter.url, small);
    await screen.signIn("manager");
    await screen.open("accounts.title");
    await screen.atList("accounts.list");
    await screen.sees("accounts.lead.branch");
    expect(await screen.button("accounts.new").count()).toBe(0);
    const chen = screen.page.getByRole("option", { name: "chen" });
    await chen.waitFor();
    while ((await chen.getAttribute("aria-selected")) !== "true") await screen.press("ArrowDown");
    expect(await screen.button("accounts.reset").count()).toBe(0);
    await screen.tabTo(screen.button("accounts.pin.clear"));
    await screen.press("Enter");
    await screen.announces("accounts.pinCleared", { name: "陈雨桐" });
    expect(await screen.barriers()).toEqual([]);
    screen.mustNotHaveComplained();
    await screen.close();
  });

  it("sets after how many minutes the counter locks itself, and it does", async () => {
    const screen = await openCounterPage(browser, counter.url, large);
    await screen.signIn("manager");
    await screen.open("thisCounter.title");
    await screen.field("thisCounter.idle").and(screen.page.locator(":focus")).waitFor();
    await screen.press("ControlOrMeta+KeyA");
    await screen.type("31");
    await screen.press("Enter");
    await screen.sees("thisCounter.idle.wrong", { min: 1, max: 30 });
    expect(await screen.barriers()).toEqual([]);
    await screen.press("ControlOrMeta+KeyA");
    await screen.type("2");
    await screen.press("Enter");
    await screen.announces("thisCounter.saved");
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
    await screen.page.clock.install();
    await screen.page.clock.fastForward("01:50");
    expect(await screen.inSight(screen.t("journal.title"))).toBe(true);
    await screen.page.clock.fastForward("00:15");
    await screen.sees("signIn.locked.title");
    screen.mustNotHaveComplained();
    await screen.close();
  });
});

describe("without the line", () => {
  it("an act says that it needs head office, and what was typed is there when somebody comes back", async () => {
    const screen = await signedIn(small);
    await counter.cutLine();
    await screen.open("dictionaries.title");
    await screen.atList("dictionaries.entries");
    await screen.press("Shift+Tab", "Enter");
    await screen.field("dictionaries.nameZh").and(screen.page.locator(":focus")).waitFor();
    await screen.type("消磁");
    await screen.press("Tab");
    await screen.type("Demagnetised");
    await screen.press("Enter");
    await screen.sees("refusal.NEEDS_HEAD_OFFICE.title");
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
    await screen.page.getByText(screen.t("journal.title")).waitFor();
    await screen.open("dictionaries.title");
    expect(await screen.field("dictionaries.nameZh").inputValue()).toBe("消磁");
    expect(await screen.field("dictionaries.nameEn").inputValue()).toBe("Demagnetised");
    screen.mustNotHaveComplained();
    await screen.close();
  });
});
