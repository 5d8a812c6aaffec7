import type { BrowserWindow } from "electron";
import type { ElectronParts } from "./parts.ts";

const buttons = ["留在柜台 · Stay", "仍然关闭 · Close anyway"];
const stay = 0;

/**
 * Asks once when somebody closes a counter whose entries head office has not got yet. They are safe on this computer; but one that is
 * switched off for a week keeps head office, and the other branches, waiting.
 */
export function askBeforeClosing(
  window: BrowserWindow,
  { dialog, waitingOperations }: { readonly dialog: ElectronParts["dialog"]; readonly waitingOperations: () => number },
): void {
  let hasAgreed = false;
  window.on("close", (event) => {
    const waiting = waitingOperations();
    if (hasAgreed || waiting === 0) return;
    event.preventDefault();
    const answer = dialog.showMessageBoxSync(window, {
      type: "question",
      message: `还有 ${waiting} 条记录没有传到总部 · ${waiting} ${waiting === 1 ? "entry has" : "entries have"} not reached head office`,
      detail:
        "记录已经安全保存在这台电脑上，下次打开时会继续上传。\n" +
        "They are kept safely on this computer and will be sent when the counter is next open.",
      buttons,
      defaultId: stay,
      cancelId: stay,
      noLink: true,
    });
    if (answer === stay) return;
    hasAgreed = true;
    window.close();
  });
}
