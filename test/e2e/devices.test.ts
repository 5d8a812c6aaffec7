import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import { openCounterPage, type CounterPage } from "./support/counter-page.ts";
import { takeSample } from "./support/sample-folder.ts";
import { putUpReader, sampleCard, type ReaderOnTheCounter } from "./support/reader-on-the-counter.ts";

// One sample's counter and a reader on a pseudo-terminal, set up, tried out, broken and mended by keyboard; each test goes on from the last.

let browser: Browser;
let counter: ServedCounter;
let reader: ReaderOnTheCounter;
let screen: CounterPage;

beforeAll(async () => {
  const data = await takeSample();
  reader = await putUpReader(data);
  [browser, counter] = await Promise.all([launchChromium(), serveCounter(data)]);
  screen = await openCounterPage(browser, counter.url, { locale: "zh-CN", width: 1366, height: 768 });
  await screen.signIn("manager");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await counter.close();
  await reader.unplug();
});

async function openDevices(page: CounterPage): Promise<void> {
  await page.press("Control+k");
  await page.type(page.t("devices.title"));
  await page.page.getByRole("option", { name: page.t("devices.title"), exact: true }).waitFor();
  await page.press("Enter");
}

it("tries the practice reader out without serving anybody", async () => {
  await openDevices(screen);
  await screen.atList("devices.list");
  await screen.tabTo(screen.button("devices.test"));
  await screen.press("Enter");
  await screen.button("devices.test.practise").and(screen.page.locator(":focus")).waitFor();
  await screen.press("Enter");
  await screen.page
    .getByRole("status")
    .filter({ hasText: /尾号 \d{4}/ })
    .waitFor();
  expect(await screen.page.getByText(screen.t("member.balance")).count()).toBe(0);
  expect(await screen.barriers()).toEqual([]);
});

it("reads the practice tag, which is nobody's yet, on the reader for tags", async () => {
  await screen.tabTo(screen.page.getByRole("listbox", { name: screen.t("devices.list") }));
  await screen.press("2");
  await screen.tabTo(screen.button("devices.test"));
  await screen.press("Enter");
  await screen.button("devices.test.practise").and(screen.page.locator(":focus")).waitFor();
  await screen.press("Enter");
  await screen.sees("devices.test.ours", { kind: "感应卡", last4: "B2C3" });
  expect(await screen.page.content()).not.toContain("3C00A1B2C3");
});

it("sets up a reader at a port that no list shows, and reads a card on it", async () => {
  await screen.press("Escape");
  await openDevices(screen);
  await screen.tabTo(screen.page.getByRole("listbox", { name: screen.t("devices.list") }));
  await screen.press("End", "Enter");
  await screen.field("devices.name").and(screen.page.locator(":focus")).waitFor();
  await screen.press("Enter");
  await screen.sees("devices.name.empty");
  await screen.type("前台读卡器");
  await screen.press("Tab");
  await screen.type(reader.path);
  await screen.press("Enter");
  await screen.sees("devices.saved", { name: "前台读卡器" });
  await screen.page.getByRole("option", { name: "前台读卡器" }).getByText(screen.t("devices.state.ready")).waitFor();

  await screen.press("Enter");
  await screen.sees("devices.test.nobody");
  const card = sampleCard(3);
  await reader.swipe(`${card}=2912`);
  await screen.sees("devices.test.ours", { kind: "普通卡", last4: card.slice(-4) });
  expect(await screen.barriers()).toEqual([]);
});

it("shows what came over the line with the card hidden", async () => {
  await screen.tabTo(screen.button("devices.trace.show"));
  await screen.press("Enter");
  await screen.page.getByText(";000000000000=0000?<CR>").waitFor();
  expect(await screen.page.content()).not.toContain(sampleCard(3));
});

it("says what is wrong when the end of a card is set wrongly, and nothing is wrong once it is set right", async () => {
  const choose = async (...keys: string[]): Promise<void> => {
    await screen.tabTo(screen.button("devices.change"));
    await screen.press("Enter");
    await screen.tabTo(screen.field("devices.end"));
    await screen.press(...keys, "Enter");
    await screen.sees("devices.saved", { name: "前台读卡器" });
    await screen.page.getByRole("option", { name: "前台读卡器" }).getByText(screen.t("devices.state.ready")).waitFor();
  };
  await choose("ArrowDown", "ArrowDown");
  await screen.press("Enter");
  await screen.sees("devices.test.nobody");
  await reader.swipe(sampleCard(3));
  await screen.sees("devices.test.failed", { cause: screen.t("devices.fault.TRUNCATED") });
  await choose("ArrowUp", "ArrowUp");
  await screen.press("Enter");
  await screen.sees("devices.test.nobody");
  await reader.swipe(sampleCard(3));
  await screen.sees("devices.test.ours", { kind: "普通卡", last4: sampleCard(3).slice(-4) });
  expect(await screen.page.getByText(screen.t("devices.fault.TRUNCATED")).count()).toBe(1);
});

it("tells at once that the cable is out and that it is back, here and in the strip", async () => {
  await reader.unplug();
  await screen.sees("devices.help.absent.title");
  const strip = screen.page.getByRole("banner");
  await strip.getByText(screen.t("shell.reader.absent")).waitFor();
  await reader.plugIn();
  await strip.getByText(screen.t("shell.readers.ready", { count: 4 })).waitFor();
  const help = screen.page.getByText(screen.t("devices.help.absent.title"));
  // The screen may be a moment behind the strip.
  await help.waitFor({ state: "detached" });
  expect(await help.count()).toBe(0);
});

it("takes a reader away and puts it back as it was", async () => {
  await screen.tabTo(screen.button("devices.remove"));
  await screen.press("Enter");
  await screen.button("devices.putBack").and(screen.page.locator(":focus")).waitFor();
  await expect.poll(() => screen.page.getByRole("option", { name: "前台读卡器" }).count()).toBe(0);
  await screen.press("Enter");
  await screen.page.getByRole("option", { name: "前台读卡器" }).getByText(screen.t("devices.state.ready")).waitFor();
});

it("serves a member from that reader on the same screen, which stays as it was", async () => {
  await reader.swipe(sampleCard(3));
  await screen.page.getByRole("button", { name: screen.t("member.balance") }).waitFor();
  expect(await screen.page.getByRole("option", { name: "前台读卡器" }).count()).toBe(1);
  screen.mustNotHaveComplained();
});

it("writes cards for those who wait, reads each back and issues it; a spoilt one is nobody's until it reads right (K-06)", async () => {
  const draw = async (key: "encoding.practise.well" | "encoding.practise.badly", step: "encoding.write.now" | "encoding.check.now") => {
    await screen.sees(step);
    await screen.tabTo(screen.button(key));
    await screen.press("Enter");
  };
  await screen.open("encodeRow.title");
  await screen.button("encodeRow.begin").and(screen.page.locator(":focus")).waitFor();
  expect(await screen.barriers()).toEqual([]);
  await screen.press("Enter");
  await draw("encoding.practise.well", "encoding.write.now");
  await draw("encoding.practise.well", "encoding.check.now");
  await screen.sees("encodeRow.cards", { count: 1 });
  await draw("encoding.practise.badly", "encoding.write.now");
  await draw("encoding.practise.well", "encoding.check.now");
  await screen.sees("refusal.CARD_NOT_VERIFIED.title");
  await screen.sees("encodeRow.fault.differs");
  expect(await screen.barriers()).toEqual([]);
  await screen.tabTo(screen.button("encoding.again"));
  await screen.press("Enter");
  await draw("encoding.practise.well", "encoding.write.now");
  await draw("encoding.practise.well", "encoding.check.now");
  await screen.sees("encodeRow.cards", { count: 2 });
  await screen.sees("encoding.write.now");
  await screen.press("Escape");
  await screen.button("encodeRow.begin").waitFor();
  screen.mustNotHaveComplained();
});

it("is no screen of a clerk's (U-06)", async () => {
  await screen.signOut();
  await screen.signIn("clerk");
  await screen.press("Control+k");
  await screen.type(screen.t("devices.title"));
  await screen.page.getByRole("option").first().waitFor();
  expect(await screen.page.getByRole("option", { name: screen.t("devices.title"), exact: true }).count()).toBe(0);
});

it("speaks English in the dark as well, and has no barrier there", async () => {
  const english = await openCounterPage(browser, counter.url, { locale: "en-US", width: 1920, height: 1080, scheme: "dark" });
  await english.signIn("manager");
  await openDevices(english);
  await english.sees("devices.lead");
  await english.atList("devices.list");
  expect(await english.barriers()).toEqual([]);
  await english.press("End", "Enter");
  await english.field("devices.name").waitFor();
  expect(await english.barriers()).toEqual([]);
  english.mustNotHaveComplained();
  await english.close();
});
