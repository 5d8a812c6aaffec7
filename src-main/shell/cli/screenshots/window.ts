import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { withFewColours } from "./few-colours.ts";

export const languages = ["zh-CN", "en-US"] as const;
type Language = (typeof languages)[number];

/** One browser window on the counter of a sample, worked by its keys. */
export type Window = {
  readonly page: Page;
  readonly language: Language;
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Fills in an account of the sample by its digit, and waits for the counter. */
  readonly signIn: (digit: "1" | "2" | "3") => Promise<void>;
  readonly signOut: () => Promise<void>;
  /** Swipes the card of that digit in the sample's drawer, and waits for the form of the member. */
  readonly swipe: (digit: string) => Promise<void>;
  /** Goes to a screen by the menu. @param title how it is called in Chinese and English, or enough of it that only it is found */
  readonly open: (...title: readonly [zh: string, en: string]) => Promise<void>;
  /** Writes `NAME.LANGUAGE.png`. */
  readonly shoot: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

type Look = { readonly language: Language; readonly scheme: "light" | "dark"; readonly folder: string };

const size = { width: 1366, height: 768 };
/** What the last key brought up is drawn, and fonts have arrived. */
const settledMs = 700;

export async function openWindow(browser: Browser, url: string, { language, scheme, folder }: Look): Promise<Window> {
  const context = await browser.newContext({ viewport: size, reducedMotion: "reduce", colorScheme: scheme });
  await context.addInitScript(`localStorage.setItem("counterfoil.locale", "${language}")`);
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("main").waitFor();
  const { keyboard } = page;
  const press: Window["press"] = async (...keys) => {
    for (const key of keys) await keyboard.press(key);
  };
  return {
    page,
    language,
    press,
    type: (text) => keyboard.type(text),
    signIn: async (digit) => {
      await page.locator("input[type=password]").waitFor();
      await press(digit, "Enter");
      await page.getByRole("navigation").waitFor();
    },
    signOut: async () => {
      await press("Alt+KeyQ");
      await page.getByRole("navigation").waitFor({ state: "detached" });
    },
    swipe: async (digit) => {
      await press("Alt+KeyS");
      await page.getByRole("listbox").and(page.locator(":focus")).waitFor();
      await press(digit, "Enter");
      await page.getByRole("main").locator("form input:focus").waitFor();
    },
    open: async (...title) => {
      const words = title[languages.indexOf(language)] ?? "";
      await press("Escape", "Control+KeyK");
      await page.getByRole("combobox").waitFor();
      await keyboard.type(words);
      await page.getByRole("option", { name: words }).first().waitFor();
      await press("Enter");
      await page.getByRole("region", { name: words }).getByRole("heading").first().waitFor();
    },
    shoot: async (name) => {
      await page.waitForTimeout(settledMs);
      await writeFile(join(folder, `${name}.${language}.png`), withFewColours(await page.screenshot()));
    },
    close: () => context.close(),
  };
}
