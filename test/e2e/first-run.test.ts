import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import { openCounterPage } from "./support/counter-page.ts";
import { emptyFolder, leaveSample } from "./support/sample-folder.ts";

// One empty counter without a reader, from the first screen to the moment its program ends; each test begins where the last one left it.
const size = { locale: "zh-CN", width: 1366, height: 768 } as const;
let data: string;
let browser: Browser;
let counter: ServedCounter;

beforeAll(async () => {
  data = await emptyFolder();
  [browser, counter] = await Promise.all([launchChromium(), serveCounter(data)]);
});
afterAll(async () => {
  await browser.close();
  await counter.close();
});

it("keeps what was typed for enrolling, says at the field what is wrong, and goes back by Esc", async () => {
  const screen = await openCounterPage(browser, counter.url, size);
  await screen.sees("firstRun.title");
  expect(await screen.barriers()).toEqual([]);
  await screen.press("2");
  await screen.type("127.0.0.1:9");
  await screen.press("Enter");
  await screen.type("abcde fghjk");
  await screen.press("Enter");
  await screen.sees("firstRun.enrol.code.missing", { count: 10 });
  expect(await screen.field("firstRun.enrol.url").inputValue()).toBe("https://127.0.0.1:9");
  expect(await screen.field("firstRun.enrol.code").inputValue()).toBe("ABCDE-FGHJK");
  await screen.type("mnpqrstvwxyz0123");
  await screen.press("Enter");
  await screen.page.getByText(screen.t("refusal.UNREACHABLE.title")).waitFor();
  expect(await screen.field("firstRun.enrol.code").inputValue()).toBe("ABCDE-FGHJK-MNPQR-STVWX-YZ012-3");
  expect(await screen.barriers()).toEqual([]);
  await screen.press("Escape");
  await screen.sees("firstRun.title");
  await screen.close();
});

it("opens a sample at one key, marked as one, and ends at the sign-in", async () => {
  const screen = await openCounterPage(browser, counter.url, size);
  await screen.sees("firstRun.title");
  await screen.press("1");
  await screen.sees("firstRun.working");
  expect(await screen.barriers()).toEqual([]);
  // A head office, three stations and half a year of visits are made meanwhile.
  await screen.field("signIn.userName").waitFor({ timeout: 45_000 });
  await screen.sees("shell.sample");
  screen.mustNotHaveComplained();
  await screen.close();
});

it("swipes a card out of the sample's drawer, and keeps what was typed when the program goes away", async () => {
  const screen = await openCounterPage(browser, counter.url, { ...size, locale: "en-US" });
  await screen.signIn("clerk");
  await screen.press("Alt+KeyS");
  await screen.atList("practice.cards");
  expect(await screen.barriers()).toEqual([]);
  await screen.press("Enter");
  await screen.field("award.receipt").waitFor();
  await screen.type("half");

  await counter.close();
  await screen.sees("shell.connecting.title");
  expect(await screen.field("award.receipt").inputValue()).toBe("half");
  await leaveSample(data);
});
