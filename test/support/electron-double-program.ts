import { electronDouble } from "./electron-double.ts";

// Stands in for the module `electron` in a process of its own, tells its parent what happens, and does what the parent says.
const double = electronDouble();

/** @public What a program imports from `electron`. */
export const {
  app,
  BrowserWindow,
  dialog,
  Menu,
  MessageChannelMain,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  utilityProcess,
} = double.parts;

/** What the parent is told when the window is open, or when there will be none. */
export type Report =
  | { readonly type: "window"; readonly preload: string | undefined; readonly page: string; readonly schemes: readonly unknown[] }
  | { readonly type: "failed"; readonly errors: readonly string[] };

const report = (what: Report): void => void process.send?.(what);

async function reportWindow(): Promise<void> {
  const { options } = await double.window();
  const page = (await double.fetch("app://counterfoil/index.html")?.text()) ?? "";
  report({ type: "window", preload: options.webPreferences?.preload, page, schemes: double.privileged });
}

async function endWithTheApp(): Promise<void> {
  const code = await double.app.exited;
  if (code !== 0) report({ type: "failed", errors: double.errors });
  process.disconnect();
  process.exitCode = code;
}

void reportWindow();
void endWithTheApp();
process.once("message", () => double.closeWindow());
