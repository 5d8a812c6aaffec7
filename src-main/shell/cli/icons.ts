import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./chromium.ts";
import { icnsOf, icoOf, type Picture } from "./icons/containers.ts";

const resources = fileURLToPath(new URL("../../../resources/", import.meta.url));
/** Edge lengths in pixels: what Windows' lists and tiles, macOS's dock and Linux desktops ask for. */
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const linuxSize = 512;

/** Draws resources/icon.{png,ico,icns} from resources/icon.svg; needs Chromium. */
async function main(): Promise<void> {
  const drawing = await readFile(`${resources}icon.svg`, "utf8");
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const pictures: Picture[] = [];
    for (const size of sizes) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${drawing}`);
      pictures.push({ size, png: await page.screenshot({ omitBackground: true }) });
    }
    await writeFile(`${resources}icon.ico`, icoOf(pictures));
    await writeFile(`${resources}icon.icns`, icnsOf(pictures));
    await writeFile(`${resources}icon.png`, pictures.find(({ size }) => size === linuxSize)?.png ?? "");
  } finally {
    await browser.close();
  }
}

await main();
