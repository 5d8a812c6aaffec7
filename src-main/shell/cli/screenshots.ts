import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { photographAdministrator } from "./screenshots/administrator.ts";
import { photographCatchingUp, photographDeadBranch, photographOffline, photographQuarantine } from "./screenshots/apart.ts";
import { photographClerk } from "./screenshots/clerk.ts";
import { photographDark } from "./screenshots/dark.ts";
import { intrude } from "./screenshots/intruder.ts";
import { photographManager } from "./screenshots/manager.ts";
import { languages, openWindow, type Window } from "./screenshots/window.ts";
import { serveCounter, type ServedCounter } from "./served-counter.ts";

const folder = fileURLToPath(new URL("../../../docs/images", import.meta.url));
/** Making a sample takes some seconds, on a slow computer some more. */
const sampleTimeoutMs = 180_000;
/** No screen looks different for more members, and they are there sooner. */
const sampleMembers = "200";

/** Draws docs/images: a fresh sample, used by the keyboard as its people would, photographed in both languages. */
async function main(): Promise<void> {
  process.env["COUNTERFOIL_SAMPLE_MEMBERS"] = sampleMembers;
  const data = await mkdtemp(join(tmpdir(), "screenshots-"));
  await mkdir(folder, { recursive: true });
  const browser = await launchChromium();
  try {
    await whileServed(data, async (counter) => {
      await photographDays(browser, counter);
      await photographTroubles(browser, counter);
    });
    await intrude(
      data,
      languages.map((language) => `FORGED-${language}`),
    );
    await whileServed(data, (counter) => inEach(browser, counter, photographQuarantine));
  } finally {
    await browser.close();
    await rm(data, { recursive: true, force: true });
  }
}

async function whileServed(data: string, work: (counter: ServedCounter) => Promise<void>): Promise<void> {
  const counter = await serveCounter(data);
  try {
    await work(counter);
  } finally {
    await counter.close();
  }
}

type Look = Pick<Parameters<typeof openWindow>[2], "language" | "scheme">;

async function inWindow(browser: Browser, { url }: ServedCounter, look: Look, work: (window: Window) => Promise<void>): Promise<void> {
  const window = await openWindow(browser, url, { ...look, folder });
  await work(window);
  await window.close();
}

/** From the first start on, what a clerk, a manager and an administrator have before them. */
async function photographDays(browser: Browser, counter: ServedCounter): Promise<void> {
  for (const language of languages) await inWindow(browser, counter, { language, scheme: "light" }, (window) => window.shoot("first-run"));
  await inWindow(browser, counter, { language: "zh-CN", scheme: "light" }, async ({ page, press }) => {
    await press("1");
    await page.locator("input[type=password]").waitFor({ timeout: sampleTimeoutMs });
  });
  for (const language of languages) {
    await inWindow(browser, counter, { language, scheme: "light" }, async (window) => {
      await photographClerk(window);
      await photographManager(window);
      await photographAdministrator(window);
    });
    await inWindow(browser, counter, { language, scheme: "dark" }, photographDark);
  }
}

/** What goes wrong between a counter and its head office. Each leaves the company as the next one needs it; the line is cut last. */
async function photographTroubles(browser: Browser, counter: ServedCounter): Promise<void> {
  await inEach(browser, counter, photographCatchingUp);
  await inEach(browser, counter, photographDeadBranch);
  await counter.cutLine();
  await inEach(browser, counter, photographOffline);
}

async function inEach(
  browser: Browser,
  counter: ServedCounter,
  work: (window: Window, counter: ServedCounter) => Promise<void>,
): Promise<void> {
  for (const language of languages) await inWindow(browser, counter, { language, scheme: "light" }, (window) => work(window, counter));
}

await main();
