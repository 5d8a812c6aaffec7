import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { intrude } from "#main/shell/cli/screenshots/intruder.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import { openCounterPage, type CounterPage, type Screen } from "./support/counter-page.ts";
import { linesOfStrip } from "./support/face-faults.ts";
import { takeSample } from "./support/sample-folder.ts";

let browser: Browser;
let counter: ServedCounter;

const zhCN: Screen = { locale: "zh-CN", width: 1366, height: 768 };
const enUS: Screen = { locale: "en-US", width: 1366, height: 768 };
const receiptOf = ({ locale }: Screen): string => `FORGED-${locale}`;

beforeAll(async () => {
  const data = await takeSample();
  await intrude(data, [zhCN, enUS].map(receiptOf));
  [browser, counter] = await Promise.all([launchChromium(), serveCounter(data)]);
});
afterAll(async () => {
  await browser.close();
  await counter.close();
});

describe.each([zhCN, enUS])("an entry that head office holds back, in $locale", (size) => {
  let screen: CounterPage;
  beforeAll(async () => {
    screen = await openCounterPage(browser, counter.url, size);
  });
  afterAll(() => screen.close());

  const exchange = async (): Promise<void> => {
    // The sample's head office takes its time after the counter.
    await screen.page.getByRole("banner").getByText(screen.t("shell.sync.online")).waitFor({ timeout: 30_000 });
    await screen.press("F5");
    await screen.announces("workplace.exchanged");
  };

  /** What stands beside other words in one line. */
  const reads = (...words: Parameters<CounterPage["t"]>): Promise<void> =>
    screen.page
      .getByText(screen.t(...words))
      .filter({ visible: true })
      .first()
      .waitFor();

  it("is shown to a clerk with the reason, and with who decides", async () => {
    await screen.signIn("clerk");
    await exchange();
    await screen.open("sync.title");
    await reads("sync.code.NEVER_PERMITTED");
    await reads("sync.list.quarantined.about");
    await reads("sync.stranger");
    expect(await linesOfStrip(screen)).toBe(1);
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
    await screen.signOut();
  });

  it("is decided by an administrator, who reads what it is, why, and which computer to look at", async () => {
    await screen.signIn("administrator");
    await screen.open("queue.title");
    const receipt = receiptOf(size);
    await reads("queue.watched.title", { branch: "城东店", replica: 1 });
    await screen.page.getByRole("listbox").getByRole("option").first().waitFor();
    while (!(await screen.inSight(receipt))) await screen.press("ArrowDown");
    await reads("queue.why.NEVER_PERMITTED");
    expect(await screen.barriers()).toEqual([]);

    await screen.tabTo(screen.page.getByRole("button", { name: screen.t("queue.refuse") }));
    await screen.press("Enter");
    await reads("queue.reason.missing");
    await screen.type("查无此人");
    await screen.tabTo(screen.page.getByRole("button", { name: screen.t("queue.refuse") }));
    await screen.press("Enter");
    await screen.announces("queue.refused", { count: 0 });
    await screen.page.getByText(receipt).waitFor({ state: "detached" });
    await screen.press("Escape");
    await screen.signOut();
  });

  it("tells the clerk what was decided, by whom and why", async () => {
    await screen.signIn("clerk");
    await exchange();
    await screen.open("sync.title");
    await reads("sync.list.refused.about");
    await screen.page.getByText("查无此人").first().waitFor();
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Escape");
    await screen.signOut();
    screen.mustNotHaveComplained();
  });
});
