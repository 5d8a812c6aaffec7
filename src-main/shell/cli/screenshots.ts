import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";

const program = fileURLToPath(new URL("station.ts", import.meta.url));
const folder = fileURLToPath(new URL("../../../docs/images", import.meta.url));
const languages = ["zh-CN", "en-US"] as const;
type Language = (typeof languages)[number];
const size = { width: 1366, height: 768 };
/** Making a sample takes half a minute, on a slow or busy computer some more. */
const sampleTimeoutMs = 300_000;

/** Draws docs/images: a fresh sample, used by the keyboard as a clerk and a manager would, photographed in both languages. */
async function main(): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), "screenshots-"));
  const station = spawn(process.execPath, [program, "serve", "--data", data, "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const browser = await launchChromium();
  try {
    const [line] = (await once(createInterface({ input: station.stdout }), "line")) as [string];
    const { url } = JSON.parse(line) as { url: string };
    await mkdir(folder, { recursive: true });
    for (const language of languages) await photographFirstRun(await openPage(browser, url, language), language);
    const page = await openPage(browser, url, languages[0]);
    await page.keyboard.press("1");
    await page.locator("input").first().waitFor({ timeout: sampleTimeoutMs });
    await page.context().close();
    for (const language of languages) await photographDay(await openPage(browser, url, language), language);
  } finally {
    await browser.close();
    station.kill("SIGTERM");
    await once(station, "exit");
    await rm(data, { recursive: true, force: true });
  }
}

async function openPage(browser: Browser, url: string, language: string): Promise<Page> {
  const context = await browser.newContext({ viewport: size, reducedMotion: "reduce", colorScheme: "light" });
  await context.addInitScript(`localStorage.setItem("counterfoil.locale", "${language}")`);
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("main").waitFor();
  return page;
}

async function photographFirstRun(page: Page, language: string): Promise<void> {
  await shoot(page, "first-run", language);
  await page.context().close();
}

async function photographDay(page: Page, language: Language): Promise<void> {
  const { keyboard } = page;
  await shoot(page, "sign-in", language);
  await signIn(page, "1");
  await shoot(page, "counter", language);
  await swipe(page, "1");
  await keyboard.type(`XP-003${languages.indexOf(language) + 1}`);
  await keyboard.press("Enter");
  await keyboard.type("1288.50");
  await shoot(page, "award", language);
  await keyboard.press("Enter");
  await page.getByRole("main").getByRole("status").first().waitFor();
  await shoot(page, "awarded", language);
  await keyboard.press("F6");
  await page.getByRole("listbox").waitFor();
  await keyboard.press("End");
  await keyboard.press("Tab");
  await keyboard.type("9");
  await keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await shoot(page, "refusal", language);
  await keyboard.press("Escape");
  await page.locator("section button").first().click();
  await page.getByRole("dialog").getByRole("table").waitFor();
  await shoot(page, "explained", language);
  await keyboard.press("Escape");
  await keyboard.press("F2");
  await keyboard.type("w");
  await page.getByRole("option").first().waitFor();
  await shoot(page, "find", language);
  await keyboard.press("Escape");
  await keyboard.press("Alt+KeyQ");
  await page.getByRole("navigation").waitFor({ state: "detached" });
  await signIn(page, "2");
  await keyboard.press("Alt+KeyP");
  await page.getByRole("listbox").waitFor();
  await shoot(page, "review", language);
  await page.context().close();
}

async function signIn(page: Page, account: string): Promise<void> {
  await page.locator("input").first().waitFor();
  await page.keyboard.press(account);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").waitFor();
}

/** A card out of the sample's drawer. */
async function swipe(page: Page, digit: string): Promise<void> {
  await page.keyboard.press("Alt+KeyS");
  await page.getByRole("listbox").and(page.locator(":focus")).waitFor();
  await page.keyboard.press(digit);
  await page.keyboard.press("Enter");
  await page.locator("form input").first().waitFor();
}

async function shoot(page: Page, name: string, language: string): Promise<void> {
  // What the last key brought up is drawn, and fonts have arrived.
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `${name}.${language}.png`) });
}

if (import.meta.main) await main();
