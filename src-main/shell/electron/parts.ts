import type * as Electron from "electron";

/** What the shell uses of Electron. Handed in by `index.ts`, so that everything else can be tried without the program. */
export type ElectronParts = Pick<
  typeof Electron,
  | "app"
  | "BrowserWindow"
  | "dialog"
  | "Menu"
  | "MessageChannelMain"
  | "powerMonitor"
  | "protocol"
  | "safeStorage"
  | "screen"
  | "session"
  | "utilityProcess"
>;
