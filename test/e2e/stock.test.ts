import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import type { MessageKey } from "../../src-renderer/app/intl/catalogue.ts";
import { openCounterPage, type CounterPage, type Screen } from "./support/counter-page.ts";
import { takeSample } from "./support/sample-folder.ts";
import { putUpReader, sampleCard, type ReaderOnTheCounter } from "./support/reader-on-the-counter.ts";

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

describe.each([small, large])("gifts and blank cards, in $locale", (size) => {
  let screen: CounterPage;
  /** Blank cards of the sample's first branch that no other test of this run takes. */
  let blank = size.locale === "zh-CN" ? 500 : 600;

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

  const act = async (name: MessageKey): Promise<void> => {
    await screen.tabTo(screen.page.getByRole("button", { name: screen.t(name), exact: true }));
    await screen.press("Enter");
  };
  /** Chooses a line of the stock by its name, with the arrows. */
  async function choose(name: string): Promise<void> {
    await screen.atList("stock.list");
    const line = screen.page.getByRole("option", { name }).and(screen.page.locator("[aria-selected=true]"));
    await screen.press("Home");
    while ((await line.count()) === 0) await screen.press("ArrowDown");
  }
  const tea = { "zh-CN": "龙井茶", "en-US": "Longjing tea" }[size.locale];

  it("a manager counts the shelf and sees the difference first; then a second person lets the last gift go", async () => {
    await screen.signIn("manager");
    await screen.open("stock.title");
    await choose(tea);
    await act("stock.act.count");
    await screen.field("stock.count.found").waitFor();
    await screen.type("0");
    await screen.page.getByText(/\d/).and(screen.page.locator("output strong")).waitFor();
    await screen.press("Enter");
    await screen.announces("stock.done.count", { onHand: "0" });
    expect(await screen.barriers()).toEqual([]);
    await screen.signOut();

    await screen.signIn("clerk");
    await reader.swipe(sampleCard(2));
    await screen.award(`STOCK-${size.locale}`, "2000");
    await screen.press("F6");
    await screen.atList("redeem.plans");
    await screen.press("1", "Enter");
    await screen.field("supervisor.userName").waitFor();
    await screen.type("zhao");
    await screen.press("Enter");
    await screen.type("counter-2026");
    await screen.press("Enter");
    await screen.announces("outcome.redeem");
    await screen.open("stock.title");
    await screen.sees("stock.mark.count");
    await screen.sees("stock.readOnly");
  });

  it("a box of blank cards is received by swiping its first and its last one", async () => {
    await screen.signIn("manager");
    await screen.open("stock.title");
    await choose({ "zh-CN": "普通卡", "en-US": "Ordinary card" }[size.locale]);
    await act("stock.act.receive");
    await screen.field("stock.cards.first").waitFor();
    await reader.swipe(sampleCard(blank));
    await screen.field("stock.cards.first").waitFor({ state: "detached" });
    await reader.swipe(sampleCard(blank + 19));
    await screen.page.locator("output strong").filter({ hasText: "20" }).waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter");
    await screen.page.getByText("+20", { exact: true }).first().waitFor();
  });

  it("cards go to the waiting members swipe by swipe; a doubled swipe does nothing, and the last one can be taken back (K-06)", async () => {
    await screen.signIn("clerk");
    await screen.open("issueRow.title");
    await screen.field("issueRow.typed").waitFor();
    expect(await screen.barriers()).toEqual([]);
    await reader.swipe(sampleCard((blank += 1)));
    await screen.sees("issueRow.done.count", { count: 1 });
    await reader.swipe(sampleCard(blank));
    await reader.swipe(sampleCard(3));
    await screen.sees("issueRow.taken.remedy");
    await screen.sees("issueRow.done.count", { count: 1 });
    await screen.press("F8");
    await screen.sees("issueRow.undone");
    await screen.sees("issueRow.done.count", { count: 0 });
    await reader.swipe(sampleCard((blank += 1)));
    await screen.sees("issueRow.done.count", { count: 1 });
  });
});
