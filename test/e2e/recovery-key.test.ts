import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter, type ServedCounter } from "#main/shell/cli/served-counter.ts";
import { hq, hqServe } from "#test/src-server/cli/hq.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { openCounterPage } from "./support/counter-page.ts";
import { emptyFolder } from "./support/sample-folder.ts";

describe.each([
  { locale: "zh-CN", branch: "EAST" },
  { locale: "en-US", branch: "WEST" },
] as const)("the recovery key of a counter that joins head office, in $locale", ({ locale, branch }) => {
  const { url: databaseUrl } = withDatabase();
  let browser: Browser;
  let counter: ServedCounter;
  beforeAll(async () => {
    const data = await emptyFolder();
    [browser, counter] = await Promise.all([launchChromium(), serveCounter(data)]);
  });
  afterAll(async () => {
    await browser.close();
    await counter.close();
  });

  it("is shown once after enrolling, and once more to an administrator", { timeout: 60_000 }, async () => {
    const { ready } = await hqServe([], { databaseUrl });
    const password = "counter-2026";
    await hq(["admin", "--code", ready.firstAdministratorCode ?? "", "--user", "wu", "--json"], { databaseUrl, password });
    await hq(["branch", "add", "--code", branch, "--name", branch, "--json"], { databaseUrl });
    const { code } = (await hq(["enrol", "--branch", branch, "--json"], { databaseUrl })).document as { readonly code: string };

    const screen = await openCounterPage(browser, counter.url, { locale, width: 1366, height: 768 });
    const keyShown = async (): Promise<string> =>
      (await screen.page.getByRole("group", { name: screen.t("recoveryKey.key") }).textContent()) ?? "";
    await screen.sees("firstRun.title");
    await screen.press("2");
    await screen.page.keyboard.press("Control+A");
    await screen.type(ready.url);
    await screen.press("Enter");
    await screen.type(code);
    await screen.press("Enter");
    await screen.sees("recoveryKey.sheet");
    const key = await keyShown();
    expect(key).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(await screen.barriers()).toEqual([]);

    await screen.press("Escape");
    await screen.field("signIn.userName").waitFor();
    expect(await screen.page.content()).not.toContain(key);
    await screen.type("wu");
    await screen.press("Enter");
    await screen.type(password);
    await screen.press("Enter");
    await screen.sees("workplace.empty.title");
    await screen.open("recoveryKey.title");
    await screen.sees("recoveryKey.kept");
    expect(await screen.barriers()).toEqual([]);
    await screen.press("Enter");
    await screen.sees("recoveryKey.sheet");
    expect(await keyShown()).toBe(key);
    await screen.press("Escape");
    await screen.sees("recoveryKey.kept");
    screen.mustNotHaveComplained();
    await screen.close();
  });
});
