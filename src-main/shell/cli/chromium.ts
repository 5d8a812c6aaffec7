import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/** Where systems put it; `COUNTERFOIL_CHROMIUM` names another. No browser is ever downloaded. */
const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Quiet, as root too, and without the offer to translate a Chinese page. */
const flags = [
  "--no-sandbox",
  "--test-type",
  "--disable-features=Translate",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** @param moreFlags for this browser alone */
export function launchChromium(moreFlags: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env["COUNTERFOIL_CHROMIUM"] ?? places.find((place) => existsSync(place));
  if (executablePath === undefined)
    throw new Error("Screenshots and browser tests need Chromium: install it, or name it in COUNTERFOIL_CHROMIUM.");
  return chromium.launch({ executablePath, args: [...flags, ...moreFlags] });
}
