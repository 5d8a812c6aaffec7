import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserWindow, Rectangle } from "electron";
import { z } from "zod";
import type { ElectronParts } from "./parts.ts";

const place = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(640), height: z.int().min(480) }),
  isMaximized: z.boolean(),
});
type WindowPlace = z.infer<typeof place>;

const placeFile = (dataDir: string): string => join(dataDir, "window.json");
/** So much of a window must be on a screen for somebody to take hold of it, in pixels. */
const graspablePixels = 100;

/** Where the window was when it was closed; undefined for the first time, and when the screen that it was on is gone. */
export function rememberedPlace(dataDir: string, screen: ElectronParts["screen"]): WindowPlace | undefined {
  const known = place.safeParse(readJson(placeFile(dataDir)));
  if (!known.success) return undefined;
  const isInSight = screen.getAllDisplays().some(({ workArea }) => overlaps(known.data.bounds, workArea));
  return isInSight ? known.data : undefined;
}

/** Remembers the place each time the window is about to close. A folder that takes no writing costs the place and nothing else. */
export function rememberPlace(window: BrowserWindow, dataDir: string): void {
  window.on("close", () => {
    const now: WindowPlace = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    try {
      writeFileSync(`${placeFile(dataDir)}.new`, JSON.stringify(now), { mode: 0o600 });
      renameSync(`${placeFile(dataDir)}.new`, placeFile(dataDir));
    } catch {
      // The next window opens in the middle.
    }
  });
}

function overlaps(one: Rectangle, other: Rectangle): boolean {
  const shared = (start: "x" | "y", size: "width" | "height"): number =>
    Math.min(one[start] + one[size], other[start] + other[size]) - Math.max(one[start], other[start]);
  return shared("x", "width") >= graspablePixels && shared("y", "height") >= graspablePixels;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch {
    return undefined;
  }
}
