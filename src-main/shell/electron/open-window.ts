import type { BrowserWindow } from "electron";
import type { ElectronParts } from "./parts.ts";
import { rememberedPlace, rememberPlace } from "./window-place.ts";

type WindowParts = Pick<ElectronParts, "app" | "BrowserWindow" | "screen">;

/** The counter's window, where it was the last time, with a page that is nothing but a page: no Node, no Electron, and a preload in a world of its own. */
export function openWindow({ app, BrowserWindow: Window, screen }: WindowParts, preload: string, dataDir: string): BrowserWindow {
  const place = rememberedPlace(dataDir, screen);
  const window = new Window({
    title: "Counterfoil",
    width: 1366,
    height: 768,
    ...place?.bounds,
    // Shown when there is something to see.
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
      // Electron fetches dictionaries from the internet for it.
      spellcheck: false,
    },
  });
  if (place?.isMaximized) window.maximize();
  window.once("ready-to-show", () => window.show());
  rememberPlace(window, dataDir);
  return window;
}

export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
