import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { encodeCard } from "#main/devices/simulator/encode-card.ts";
import { openPseudoTerminal, type PseudoTerminal } from "#main/devices/simulator/pseudo-terminal.ts";
import { launchChromium } from "#main/shell/cli/chromium.ts";
import { serveCounter } from "#main/shell/cli/served-counter.ts";
import { openCounterPage } from "#test/e2e/support/counter-page.ts";
import { takeSample } from "#test/e2e/support/sample-folder.ts";
import { sampleCard } from "#test/e2e/support/reader-on-the-counter.ts";
import { clientOver, knock } from "#test/src-main/shell/web/browser.ts";
import { asDistance, median, percentile, type BenchResult } from "./result.ts";

/** Of each run, and of each run's bare reads. */
const swipes = 40;
const runs = 5;
const members = 20;
/** Between two swipes: longer than a reader's idle time, as hands are. */
const pauseMs = 120;
const bareProgram = fileURLToPath(new URL("floors/bare-read.ts", import.meta.url));

/**
 * From the last byte of a swipe on the line to the member painted in a browser, against a program that has nothing but the same port open.
 * Both sides read the same machine's clock.
 */
export async function benchSwipe(): Promise<readonly BenchResult[]> {
  const data = await takeSample();
  const line = await openPseudoTerminal();
  const bareLine = await openPseudoTerminal();
  const counter = await serveCounter(data, line.path);
  const browser = await launchChromium();
  try {
    const numbers = await memberNumbers(counter.url);
    const bare = await openBareReader(bareLine);
    const screen = await openCounterPage(browser, counter.url, { locale: "zh-CN", width: 1366, height: 768 });
    await screen.signIn("clerk");
    const shown = (n: number): Promise<number> => swipeAndWait(line, screen.page, n, numbers[n % members] ?? "");
    // The first members bring code and statements that the later ones find there.
    for (let n = 0; n < members; n += 1) await shown(n);
    const measured: { readonly floor: number[]; readonly screen: number[] }[] = [];
    for (let run = 0; run < runs; run += 1) {
      const floor: number[] = [];
      const onScreen: number[] = [];
      for (let n = 0; n < swipes; n += 1) {
        floor.push(await bare.read(bytesOf(n)));
        onScreen.push(await shown(n));
      }
      measured.push({ floor, screen: onScreen });
    }
    bare.close();
    const figure = (percent: number) => ({
      value: median(measured.map((run) => percentile(run.screen, percent))),
      floor: median(measured.map((run) => percentile(run.floor, percent))),
    });
    return [asDistance({ name: "swipe", metric: "last byte of a swipe to the member on the screen, p95", unit: "ms" }, figure(95), 30)];
  } finally {
    await browser.close();
    await counter.close();
    for (const each of [line, bareLine]) each.unplug();
    await rm(data, { recursive: true });
  }
}

const now = (): number => performance.timeOrigin + performance.now();
const bytesOf = (n: number): Uint8Array => encodeCard({ track2: sampleCard((n % members) + 1) }, {});

/** Whose cards are swiped, by the numbers that the screen shows. */
async function memberNumbers(url: string): Promise<readonly string[]> {
  const { port, hash } = new URL(url);
  const socket = knock(Number(port), { protocols: ["orpc", hash.slice("#token=".length)] });
  const { session, members: counted } = clientOver(socket);
  await session.signIn({ userName: "chen", password: "counter-2026" });
  const numbers: string[] = [];
  for (let n = 0; n < members; n += 1) {
    const { members: found } = await counted.find({ text: sampleCard(n + 1) });
    numbers.push(found[0]?.memberNumber ?? "");
  }
  socket.close();
  if (numbers.includes("")) throw new Error("a card of the sample has no member");
  return numbers;
}

/** @returns milliseconds from the last byte on the line to the frame that shows the member */
async function swipeAndWait(line: PseudoTerminal, page: Page, n: number, memberNumber: string): Promise<number> {
  await sleep(pauseMs);
  await page.evaluate(`void (globalThis.shownAt = new Promise((resolve) => {
    const isShown = () => document.querySelector("main section")?.textContent.includes("${memberNumber}");
    if (isShown()) throw new Error("the member is on the screen already");
    const watch = new MutationObserver(() => {
      if (!isShown()) return;
      watch.disconnect();
      // The next frame draws it; a message sent from there arrives when it is drawn.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        port2.postMessage(null);
      });
    });
    watch.observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true });
  }))`);
  const sentAt = now();
  line.write(bytesOf(n));
  const shownAt = await page.evaluate<number>("globalThis.shownAt");
  return shownAt - sentAt;
}

async function openBareReader(line: PseudoTerminal) {
  const child = spawn(process.execPath, [bareProgram, line.path], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    read: async (bytes: Uint8Array): Promise<number> => {
      await sleep(pauseMs);
      const sentAt = now();
      line.write(bytes);
      const { value } = await lines.next();
      return Number(value) - sentAt;
    },
    close: (): void => void child.kill(),
  };
}
