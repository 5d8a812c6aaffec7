import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { openCounterPage, type CounterPage, type Screen } from "./support/counter-page.ts";
import { layoutFaults, linesOfStrip } from "./support/face-faults.ts";
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

const looks: readonly Screen[] = [
  { locale: "zh-CN", width: 1366, height: 768 },
  { locale: "en-US", width: 1366, height: 768 },
];

/** What a clerk on her first day is told, in words, when something is not as it should be. */
describe.each(looks)("a clerk whose counter is apart, in $locale", (look) => {
  let screen: CounterPage;
  const strip = () => screen.page.getByRole("banner");
  beforeAll(async () => {
    screen = await openCounterPage(browser, counter.url, look);
    await screen.signIn("clerk");
    if (look === looks[0]) {
      // How late it is a counter has from head office: one that has not heard it in this run takes its own clock for right.
      await strip().getByText(screen.t("shell.sync.online")).waitFor({ timeout: 30_000 });
      await counter.cutLine();
    }
    await screen.press("F5");
    await screen.announces("workplace.exchangeOffline");
  });
  afterAll(async () => {
    await counter.setClockWrong(0);
    await screen.close();
  });

  it("reads that work goes on without the line, and how much waits for it", async () => {
    await strip().getByText(screen.t("shell.sync.offline")).waitFor();
    await reader.swipe(sampleCard(look === looks[0] ? 61 : 63));
    await screen.field("award.receipt").waitFor();
    await screen.award(`APART-${look.locale}`, "100");
    const waiting = strip().getByText(screen.t("shell.sync.waiting", { count: look === looks[0] ? 1 : 2 }));
    await waiting.waitFor();
    expect(await layoutFaults(screen.page)).toEqual([]);
  });

  it("reads what can be redeemed here when the rest lies elsewhere, and what to say", async () => {
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
    await screen.press("Escape");
  });

  it.each([
    ["ahead", 365 * dayMs],
    ["behind", -365 * dayMs],
  ] as const)("reads by how much the clock of the computer is %s, and what waits until it is set", async (way, wrongByMs) => {
    await counter.setClockWrong(wrongByMs);
    await screen.press("F5");
    const span = screen.t("shell.clock.years", { count: 1 });
    const words = strip().getByText(screen.t(`shell.clock.${way}`, { span }));
    await words.waitFor();
    expect(await screen.page.getByTitle(screen.t("shell.clock.meaning")).count()).toBe(1);
    expect(await linesOfStrip(screen)).toBe(1);
    expect(await layoutFaults(screen.page)).toEqual([]);
    expect(await screen.barriers()).toEqual([]);
  });
});
