import { spawn } from "node:child_process";
import { chmodSync, closeSync, copyFileSync, fsyncSync, openSync, renameSync } from "node:fs";
import { AppImageUpdater } from "electron-updater";

/**
 * Replaces the AppImage in one step. electron-updater removes the old file before it moves the new one there: a power cut between the two
 * would leave a branch without its counter. The name stays, so that what points to it still does.
 */
export class WholeAppImageUpdater extends AppImageUpdater {
  protected override doInstall({ isForceRunAfter }: { readonly isForceRunAfter: boolean }): boolean {
    const installed = process.env["APPIMAGE"];
    const fetched = this.installerPath;
    if (!installed || !fetched) return false;
    const draft = `${installed}.new`;
    copyFileSync(fetched, draft);
    chmodSync(draft, 0o755);
    onDisk(draft);
    renameSync(draft, installed);
    if (isForceRunAfter) spawn(installed, [], { detached: true, stdio: "ignore" }).unref();
    return true;
  }
}

function onDisk(file: string): void {
  const opened = openSync(file, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
