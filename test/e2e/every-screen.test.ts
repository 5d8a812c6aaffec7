import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import type { MessageKey } from "../../src-renderer/app/intl/catalogue.ts";
import { openCounterPage, type CounterPage, type Screen } from "./support/counter-page.ts";
import { layoutFaults } from "./support/face-faults.ts";
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

type Step = readonly [name: string, go: (screen: CounterPage) => Promise<void>];

/** How each thing that the counter shows is brought up, one after the other, from the state that the one before left. */
const atTheCounter: readonly Step[] = [
  ["the sign-in", (screen) => screen.field("signIn.userName").waitFor()],
  [
    "the empty counter",
    async (screen) => {
      await screen.type("wu");
      await screen.press("Enter");
      await screen.type("counter-2026");
      await screen.press("Enter");
      await screen.sees("workplace.empty.title");
    },
  ],
  ["the help", (screen) => dialogBy(screen, "F1", "shell.help.title")],
  ["the slip", (screen) => dialogBy(screen, "F9", "slip.title")],
  [
    "the drawer of cards",
    async (screen) => {
      await dialogBy(screen, "Alt+KeyS", "practice.title");
      // Its button works, and has its colours, once there is a card to swipe.
      await screen.page.getByRole("dialog").getByRole("option").first().waitFor();
    },
  ],
  [
    "the palette",
    async (screen) => {
      await screen.press("Escape", "Control+KeyK");
      await screen.page.getByRole("option").first().waitFor();
    },
  ],
  [
    "the search",
    async (screen) => {
      await screen.press("Escape", "F2");
      await screen.type("wang");
      await screen.page.getByRole("option").nth(1).waitFor();
    },
  ],
];
const withAMember: readonly Step[] = [
  [
    "a member beside a screen",
    async (screen) => {
      await reader.swipe(sampleCard(70));
      await screen.button("member.balance").waitFor();
    },
  ],
  [
    "the award",
    async (screen) => {
      await screen.press("F4");
      await screen.field("award.receipt").waitFor();
    },
  ],
  [
    "the redemption",
    async (screen) => {
      await screen.press("F6");
      await screen.atList("redeem.plans");
    },
  ],
  [
    "the block",
    async (screen) => {
      await screen.press("F7");
      await screen.atList("block.reason");
    },
  ],
  [
    "the details",
    async (screen) => {
      await screen.press("Alt+KeyE");
      await screen.field("change.address").waitFor();
    },
  ],
  [
    "the undoing",
    async (screen) => {
      await screen.press("F8");
      await screen.atList("void.line");
    },
  ],
  [
    "a new member",
    async (screen) => {
      await screen.press("Escape", "Escape", "Escape", "Escape", "F3");
      await screen.field("newMember.name").waitFor();
    },
  ],
];

async function dialogBy(screen: CounterPage, key: string, title: MessageKey): Promise<void> {
  await screen.press("Escape", key);
  await screen.page.getByRole("dialog", { name: screen.t(title) }).waitFor();
}

/** The screens that the menu lists for somebody who may open all of them: a new one is walked through by being registered. */
async function everyScreen(screen: CounterPage): Promise<readonly Step[]> {
  await screen.press("Escape", "Control+KeyK");
  const listed = screen.page.getByRole("group", { name: screen.t("palette.screens") }).getByRole("option");
  await listed.first().waitFor();
  const titles = await listed.locator("span:first-child").allTextContents();
  return titles.map((title) => [title, (each) => openScreen(each, title)]);
}

async function openScreen(screen: CounterPage, title: string): Promise<void> {
  await screen.press("Escape", "Control+KeyK");
  await screen.type(title);
  await screen.page.getByRole("option", { name: title }).first().waitFor();
  await screen.press("Enter");
  await screen.page.getByRole("region", { name: title }).getByRole("heading").first().waitFor();
}

type Walk = Screen & { readonly words: string; readonly lengthenedBy: number; readonly isScanned: boolean };
const walks: readonly Walk[] = [
  { words: "Chinese, light, with longer words", locale: "zh-CN", width: 1366, height: 768, lengthenedBy: 0.4, isScanned: true },
  {
    words: "English, dark, with longer words",
    locale: "en-US",
    width: 1366,
    height: 768,
    scheme: "dark",
    lengthenedBy: 0.4,
    isScanned: true,
  },
  { words: "English at 200 %", locale: "en-US", width: 683, height: 384, lengthenedBy: 0, isScanned: false },
  { words: "Chinese on a very wide screen", locale: "zh-CN", width: 3840, height: 2160, lengthenedBy: 0, isScanned: false },
];

describe.each(walks)("everything that the counter shows, in $words", ({ lengthenedBy, isScanned, ...size }) => {
  it("can be read, touched and heard, and has the focus somewhere (Z-13)", async () => {
    const screen = await openCounterPage(browser, counter.url, size);
    const found: Record<string, readonly string[]> = {};
    const walk = async (steps: readonly Step[]): Promise<void> => {
      for (const [name, go] of steps) {
        await go(screen);
        const faults = await layoutFaults(screen.page, lengthenedBy);
        if (isScanned) faults.push(...(await screen.barriers()));
        if (faults.length > 0) found[name] = faults;
      }
    };
    await walk(atTheCounter);
    const screens = await everyScreen(screen);
    expect(screens.length).toBeGreaterThanOrEqual(4);
    await walk(screens);
    await walk(withAMember);
    expect(found).toEqual({});
    screen.mustNotHaveComplained();
    await screen.close();
  });
});
