import type { BrowserWindow } from "electron";
import type { ElectronParts } from "./parts.ts";

/** The counter's window, with a page that is nothing but a page: no Node, no Electron, and a preload in a world of its own. */
export function openWindow({ app, BrowserWindow: Window }: Pick<ElectronParts, "app" | "BrowserWindow">, preload: string): BrowserWindow {
  const window = new Window({
    title: "Counterfoil",
    width: 1366,
    height: 768,
    autoHideMenuBar: true,
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
  window.once("ready-to-show", () => window.show());
  return window;
}

export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
