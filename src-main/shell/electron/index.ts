import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as electron from "electron";
import { readReleaseKeys } from "#shared/contracts/updates/signed-manifest.ts";
import { openStation } from "#main/main.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { stderrLog } from "#main/shell/stderr-log.ts";
import { inUtilityProcess } from "./head-office-utility.ts";
import { runElectronShell } from "./run.ts";
import { makeUpdateDriver } from "./updates/update-driver.ts";

// Chromium's own switches stand among the arguments too, so what is not ours is left alone.
const { values } = parseArgs({
  args: process.argv.slice(1),
  options: { data: { type: "string" }, reader: { type: "string" }, journal: { type: "string" }, channel: { type: "string" } },
  strict: false,
});
const text = (value: string | boolean | undefined): string | undefined => (typeof value === "string" ? value : undefined);
const out = join(import.meta.dirname, "..");
const dataDir = dataFolder(text(values.data));
const updateDriver = makeUpdateDriver({
  app: { version: electron.app.getVersion(), name: "counterfoil", isPackaged: electron.app.isPackaged },
  configFile: join(process.resourcesPath, "app-update.yml"),
  cacheDir: join(dataDir, "updates"),
  channel: text(values.channel) ?? "stable",
  releaseKeys: readReleaseKeys(readFileSync(join(out, "..", "resources", "release-keys.txt"), "utf8")),
  quit: () => electron.app.quit(),
});
const headOfficeProgram = inUtilityProcess(electron.utilityProcess, join(out, "hq", "index.js"));

// Not awaited: Electron becomes ready only after this module has been run through.
void runElectronShell(electron, {
  dataDir,
  reader: text(values.reader),
  journal: text(values.journal),
  rendererDir: join(out, "renderer"),
  preload: join(out, "preload", "preload.cjs"),
  log: stderrLog("info"),
  open: (options) => openStation({ ...options, headOfficeProgram, updateDriver }),
  updates: updateDriver,
});
