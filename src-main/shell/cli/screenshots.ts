import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./chromium.ts";
import { photographAdministrator } from "./screenshots/administrator.ts";
import { photographClerk } from "./screenshots/clerk.ts";
import { photographDark } from "./screenshots/dark.ts";
import { photographManager } from "./screenshots/manager.ts";
import { languages, openWindow } from "./screenshots/window.ts";

const program = fileURLToPath(new URL("station.ts", import.meta.url));
const folder = fileURLToPath(new URL("../../../docs/images", import.meta.url));
/** Making a sample takes some seconds, on a slow computer some more. */
const sampleTimeoutMs = 180_000;
/** No screen looks different for more members, and they are there sooner. */
const sampleMembers = "200";

/** Draws docs/images: a fresh sample, used by the keyboard as its people would, photographed in both languages. */
async function main(): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), "screenshots-"));
  const station = spawn(process.execPath, [program, "serve", "--data", data, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, COUNTERFOIL_SAMPLE_MEMBERS: sampleMembers },
  });
  const browser = await launchChromium();
  try {
    const [line] = (await once(createInterface({ input: station.stdout }), "line")) as [string];
    const { url } = JSON.parse(line) as { url: string };
    await mkdir(folder, { recursive: true });
    const open = (language: (typeof languages)[number], scheme: "light" | "dark" = "light") =>
      openWindow(browser, url, { language, scheme, folder });
    for (const language of languages) {
      const window = await open(language);
      await window.shoot("first-run");
      await window.close();
    }
    const first = await open("zh-CN");
    await first.press("1");
    await first.page.locator("input[type=password]").waitFor({ timeout: sampleTimeoutMs });
    await first.close();
    for (const language of languages) {
      const window = await open(language);
      await photographClerk(window);
      await photographManager(window);
      await photographAdministrator(window);
      await window.close();
      const dark = await open(language, "dark");
      await photographDark(dark);
      await dark.close();
    }
  } finally {
    await browser.close();
    station.kill("SIGTERM");
    await once(station, "exit");
    await rm(data, { recursive: true, force: true });
  }
}

await main();
