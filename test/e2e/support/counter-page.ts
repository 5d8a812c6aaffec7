import axe from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";
import { createIntl } from "react-intl";
import { messagesIn, type MessageKey } from "../../../src-renderer/app/intl/catalogue.ts";
import type { Locale } from "../../../src-renderer/app/intl/locale.ts";

export type Screen = { readonly locale: Locale; readonly width: number; readonly height: number; readonly scheme?: "light" | "dark" };

/** One browser window on a counter, driven by the keyboard; what it shows is looked up by the words of its language. */
export type CounterPage = {
  readonly page: Page;
  /** The words of a text in the language of this window. */
  readonly t: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** A field in sight that can be typed into. */
  readonly field: (key: MessageKey) => Locator;
  readonly button: (key: MessageKey) => Locator;
  /** Goes to a control as a hand without a mouse does: by Tab, from wherever the focus is. */
  readonly tabTo: (control: Locator) => Promise<void>;
  /** Waits until a list of choices has the focus. */
  readonly atList: (key: MessageKey) => Promise<void>;
  /** Waits until an element that says just this is in sight. */
  readonly sees: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => Promise<void>;
  /** Waits until the counter announces that an act is done; a heading that happens to say the same is not meant. */
  readonly announces: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => Promise<void>;
  /** A figure of the member pane, as the screen shows it. */
  readonly figure: (key: "member.balance" | "member.spendable") => Promise<number>;
  /** Name of the member on the screen. */
  readonly memberShown: () => Promise<string>;
  /** Whether these words can be read anywhere on the screen. */
  readonly inSight: (words: string) => Promise<boolean>;
  readonly signIn: (account: "clerk" | "manager" | "administrator") => Promise<void>;
  /** Brings up a screen by the menu, as a hand without a mouse does. */
  readonly open: (title: MessageKey) => Promise<void>;
  /** Awards for a purchase to the member shown. */
  readonly award: (receipt: string, yuan: string) => Promise<void>;
  /** What an accessibility scan finds serious or critical, as `rule: element`. */
  readonly barriers: () => Promise<string[]>;
  /** Leaves for good, from wherever the screen is. */
  readonly signOut: () => Promise<void>;
  /** Throws what the page wrote as an error or a warning since this was last asked, breaches of its own policy among them. */
  readonly mustNotHaveComplained: () => void;
  readonly close: () => Promise<void>;
};

/** Not on the desk of somebody who has left the counter for a while. */
const inSight = { visible: true } as const;

/** The form of a member who has just gone stands there for a frame or two more, and takes no key. */
const takesKeys = ":not([inert] *)";

/** More than any screen has controls, so that a walk with Tab has been all around it. */
const tabsMax = 80;

/** What weighs is picked out where it was found: all that the scan looked at is a long way to send. */
const scan = `axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html.slice(0, 120))))`;

/** @param prepare what a shell does to a page before its own scripts run */
export async function openCounterPage(
  browser: Browser,
  url: string,
  { locale, width, height, scheme = "light" }: Screen,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<CounterPage> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" });
  await context.addInitScript(`localStorage.getItem("counterfoil.locale") ?? localStorage.setItem("counterfoil.locale", "${locale}")`);
  const page = await context.newPage();
  // A counter answers in a blink; whoever waits this long waits for something that does not come.
  page.setDefaultTimeout(8_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await prepare(page);
  await page.goto(url);

  const intl = createIntl({ locale, messages: messagesIn(locale) });
  const t: CounterPage["t"] = (key, values) => intl.formatMessage({ id: key }, values);
  const press: CounterPage["press"] = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const type: CounterPage["type"] = (text) => page.keyboard.type(text);
  const field: CounterPage["field"] = (key) => page.getByLabel(t(key), { exact: true }).filter(inSight).and(page.locator(takesKeys));
  const sees: CounterPage["sees"] = (key, values) => page.getByText(t(key, values), { exact: true }).filter(inSight).first().waitFor();
  const announces: CounterPage["announces"] = (key, values) =>
    page.getByRole("status").getByText(t(key, values), { exact: true }).waitFor();
  return {
    page,
    t,
    press,
    type,
    field,
    button: (key) => page.getByRole("button", { name: t(key) }),
    tabTo: async (control) => {
      await control.waitFor();
      for (let presses = 0; presses < tabsMax; presses += 1) {
        if ((await control.and(page.locator(":focus")).count()) > 0) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab does not lead to ${String(control)}`);
    },
    atList: (key) =>
      page
        .getByRole("listbox", { name: t(key) })
        .and(page.locator(":focus"))
        .waitFor(),
    sees,
    announces,
    figure: async (key) => {
      const words = await page.getByRole("button", { name: t(key) }).textContent();
      return Number(/[\d,]+/.exec(words ?? "")?.[0].replaceAll(",", ""));
    },
    memberShown: async () => (await page.getByRole("heading", { level: 2 }).filter(inSight).first().textContent()) ?? "",
    inSight: async (words) => (await page.getByText(words).filter(inSight).count()) > 0,
    signIn: async (account) => {
      await field("signIn.userName").waitFor();
      await press(String(["clerk", "manager", "administrator"].indexOf(account) + 1), "Enter");
      await page.getByText(t("journal.title")).filter(inSight).waitFor();
    },
    signOut: async () => {
      // Somebody locked it: whoever did comes back to sign out.
      if ((await page.getByText(t("signIn.locked.title"), { exact: true }).count()) > 0) await page.reload();
      else await press("Alt+KeyQ");
      await field("signIn.userName").waitFor();
    },
    open: async (title) => {
      const menu = page.getByRole("dialog");
      await press("Control+KeyK");
      await menu.getByRole("combobox").waitFor();
      await type(t(title));
      await menu
        .getByRole("option", { name: t(title) })
        .first()
        .waitFor();
      await press("Enter");
      await page.getByRole("heading", { name: t(title) }).waitFor();
    },
    award: async (receipt, yuan) => {
      await press("F4");
      await field("award.receipt").waitFor();
      await type(receipt);
      await press("Enter");
      await type(yuan);
      await press("Enter");
      await announces("outcome.award");
    },
    barriers: async () => {
      // Evaluated and not added as a script: the policy of the page refuses scripts that are not its own, as it should.
      if (!(await page.evaluate<boolean>("typeof axe === 'object'"))) await page.evaluate(axe.source);
      return page.evaluate<string[]>(scan);
    },
    mustNotHaveComplained: () => {
      const said = complaints.splice(0);
      if (said.length > 0) throw new Error(`The page complains:\n${said.join("\n")}`);
    },
    close: () => context.close(),
  };
}
