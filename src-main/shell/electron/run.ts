import type { BrowserWindow } from "electron";
import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import { serveLocal } from "#main/shell/local/serve-local.ts";
import { openOwnedStation, type OpenStation } from "#main/shell/open-owned-station.ts";
import { riskWords, startWords } from "#main/shell/start-words.ts";
import { readRendererFiles } from "#main/shell/web/renderer-files.ts";
import { askBeforeClosing } from "./ask-before-closing.ts";
import { dataKeysOf } from "./data-keys.ts";
import { handOverPorts } from "./hand-over-ports.ts";
import { keepPageAlive } from "./keep-page-alive.ts";
import { denyPermissions, lockDown, refuseCertificates } from "./lock-down.ts";
import { setMenu, zoomByKeys } from "./menu.ts";
import { focusWindow, openWindow } from "./open-window.ts";
import { pageUrl } from "./page-address.ts";
import type { ElectronParts } from "./parts.ts";
import { registerPageScheme, servePage } from "./serve-page.ts";
import type { ShellUpdateDriver } from "./updates/update-driver.ts";

type Counter = {
  readonly dataDir: string;
  readonly reader?: string | undefined;
  readonly journal?: string | undefined;
  /** The built screens. */
  readonly rendererDir: string;
  /** The built preload script. */
  readonly preload: string;
  readonly log: Logger;
  readonly open: OpenStation;
  readonly updates: Pick<ShellUpdateDriver, "finish" | "isRestarting">;
};

/** Runs the counter in a window of its own. What must precede Electron's readiness happens before the first wait. */
export async function runElectronShell(electron: ElectronParts, counter: Counter): Promise<void> {
  const { app, dialog, protocol } = electron;
  registerPageScheme(protocol);
  app.enableSandbox();
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.on("web-contents-created", (_event, contents) => lockDown(contents));
  refuseCertificates(app);
  app.on("window-all-closed", () => app.quit());
  await app.whenReady();
  try {
    const { window, close } = await openCounter(electron, counter);
    app.on("second-instance", () => focusWindow(window));
    app.once("will-quit", (event) => {
      event.preventDefault();
      void close()
        // A new version that starts behind this one would otherwise take itself for the second.
        .then(() => app.releaseSingleInstanceLock())
        .then(counter.updates.finish)
        .catch((cause: unknown) => counter.log.error({ code: codeOf(cause) }, "the counter did not close in good order"))
        .finally(() => app.exit(0));
    });
    await window.loadURL(pageUrl);
  } catch (error) {
    const code = codeOf(error);
    counter.log.error({ code }, "the counter did not open");
    const words = startWords(error);
    const said = words ? `${words.zh}\n\n${words.en}` : error instanceof Error ? error.message : String(error);
    dialog.showErrorBox("柜台无法打开 · The counter cannot be opened", `${said}\n\n${code}`);
    app.exit(1);
  }
}

const codeOf = (cause: unknown): string => (cause instanceof Fault ? cause.code : "INTERNAL");

async function openCounter(
  electron: ElectronParts,
  { dataDir, reader, journal, rendererDir, preload, log, open, updates }: Counter,
): Promise<{ readonly window: BrowserWindow; readonly close: () => Promise<void> }> {
  denyPermissions(electron.session.defaultSession);
  servePage(electron.protocol, readRendererFiles(rendererDir));
  setMenu(electron, process.platform);
  const keys = await dataKeysOf(electron.safeStorage, dataDir);
  if (keys.keptIn === "keyFile")
    log.warn({ code: "KEY_IN_FILE" }, "this system has no safe storage; the key of the data lies in a file beside it");
  const station = await openOwnedStation({ dataDir, keys, reader, journal, log, open });
  const local = await serveLocal({ station, dataDir });
  station.announce({ address: local.address });
  if (station.risk) {
    const { zh, en } = riskWords[station.risk];
    // Not waited for: the counter opens behind it.
    void electron.dialog.showMessageBox({ type: "warning", title: "Counterfoil", message: zh, detail: en });
  }
  const window = openWindow(electron, preload, dataDir);
  zoomByKeys(window.webContents, process.platform);
  // A counter that comes back in a minute keeps nobody waiting.
  const waitingOperations = (): number => (updates.isRestarting() ? 0 : station.waitingOperations());
  askBeforeClosing(window, { dialog: electron.dialog, waitingOperations });
  keepPageAlive(window, { dialog: electron.dialog, log, nowMs: () => performance.now() });
  electron.powerMonitor.on("resume", station.wake);
  handOverPorts(electron, { contents: window.webContents, station, log });
  return {
    window,
    close: async () => {
      await local.close();
      await station.close();
    },
  };
}
