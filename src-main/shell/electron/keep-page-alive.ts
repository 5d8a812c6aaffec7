import type { BrowserWindow } from "electron";
import type { Logger } from "#main/app/ports/logger.ts";
import { pageUrl } from "./page-address.ts";
import type { ElectronParts } from "./parts.ts";

/** A page that dies more often than this within the time is not helped by loading it again. */
const deathsMax = 3;
const deathsWithinMs = 60_000;
const buttons = ["再等一会 · Wait", "重新载入 · Load again"];
const wait = 0;

type Around = { readonly dialog: ElectronParts["dialog"]; readonly log: Logger; readonly nowMs: () => number };

/**
 * Brings the page back when its process dies, and offers to when it hangs. The station lives in another process and goes on: a card that was
 * awarded is awarded. No dump of the memory is written, since members' names would stand in it; the log has the reason and the exit code.
 */
export function keepPageAlive(window: BrowserWindow, { dialog, log, nowMs }: Around): void {
  const { webContents: contents } = window;
  const deaths: number[] = [];
  contents.on("render-process-gone", (_event, { reason, exitCode }) => {
    if (reason === "clean-exit") return;
    log.error({ code: "PAGE_GONE", reason, exitCode }, "the process of the page ended");
    deaths.push(nowMs());
    if (deaths.filter((at) => nowMs() - at < deathsWithinMs).length <= deathsMax) return void window.loadURL(pageUrl);
    dialog.showErrorBox(
      "柜台画面反复出错 · The counter's page keeps failing",
      "已经完成的业务都已保存。请关闭柜台再打开；仍然如此请告诉管理员。\n" +
        "What was done is kept. Close the counter and open it again; if that does not help, tell the administrator.",
    );
  });
  let isAsking = false;
  async function askWhetherToWait(): Promise<void> {
    isAsking = true;
    log.warn({ code: "PAGE_HANGS" }, "the page does not answer");
    const { response } = await dialog.showMessageBox(window, {
      type: "warning",
      message: "画面没有响应 · The page does not respond",
      detail:
        "已经完成的业务都已保存。可以再等一会，也可以重新载入画面。\nWhat was done is kept. Wait a little longer, or load the page again.",
      buttons,
      defaultId: wait,
      cancelId: wait,
      noLink: true,
    });
    isAsking = false;
    // Its end brings it back, as above; a page that hangs would not hear that it shall load itself.
    if (response !== wait) contents.forcefullyCrashRenderer();
  }
  window.on("unresponsive", () => {
    if (!isAsking) void askWhetherToWait();
  });
}
