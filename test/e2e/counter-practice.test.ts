import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startStation, type Running } from "#test/src-main/shell/cli/station-command.ts";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { openCounterPage } from "./support/counter-page.ts";

let browser: Browser;
let data: string;
let station: Running;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "practice-"));
  station = startStation(["serve", "--data", data, "--json"]);
  browser = await launchChromium();
});
afterEach(async () => {
  await browser.close();
  station.child.kill("SIGTERM");
  await station.ended;
  await rm(data, { recursive: true, force: true });
});

it("swipes a card out of the drawer where a sample has no reader, and keeps what was typed when the program goes away", async () => {
  const { url } = JSON.parse((await station.lines.next()).value) as { url: string };
  const screen = await openCounterPage(browser, url, { locale: "en-US", width: 1366, height: 768 });
  await screen.sees("firstRun.title");
  await screen.press("1");
  await screen.field("signIn.userName").waitFor({ timeout: 45_000 });
  await screen.signIn("clerk");
  await screen.press("Alt+KeyS");
  await screen.atList("practice.cards");
  expect(await screen.barriers()).toEqual([]);
  await screen.press("Enter");
  await screen.field("award.receipt").waitFor();
  await screen.type("half");

  station.child.kill("SIGTERM");
  await station.ended;
  await screen.sees("shell.connecting.title");
  expect(await screen.field("award.receipt").inputValue()).toBe("half");
});
