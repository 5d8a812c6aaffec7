import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { NsisUpdater, type BaseUpdater, type UpdateInfo } from "electron-updater";
import { Fault } from "#main/app/ports/fault.ts";
import type { UpdateDriver } from "#main/app/ports/updates.ts";
import { noUpdates } from "#main/app/updates/no-updates.ts";
import { WholeAppImageUpdater } from "./app-image-updater.ts";
import { NodeHttpExecutor } from "./node-http-executor.ts";
import { NothingStaged, signedFeed } from "./signed-feed.ts";

export type UpdateDriverOptions = {
  /** The program that runs. */
  readonly app: { readonly version: string; readonly name: string; readonly isPackaged: boolean };
  /** `app-update.yml` of the package. */
  readonly configFile: string;
  /** Where downloads lie until they are installed. */
  readonly cacheDir: string;
  readonly channel: string;
  /** Public halves, base64; without any no update is believed. */
  readonly releaseKeys: readonly string[];
  /** Ends the program in good order; `finish` is called behind everything else. */
  readonly quit: () => void;
};

export type ShellUpdateDriver = UpdateDriver & {
  /** Somebody said so: the program ends in order to come back. */
  readonly isRestarting: () => boolean;
  /**
   * The last thing before the program ends: puts what was fetched into place. After a fault the old version is there as before, and the
   * next look brings the new one again.
   *
   * @throws Fault `UPDATE_DAMAGED`, `UPDATE_NOT_INSTALLED`
   */
  readonly finish: () => Promise<void>;
};

type Fetched = { readonly file: string; readonly sha512: string };

/** Updates by electron-updater, which is given neither a say in when nor in whom to believe. */
export function makeUpdateDriver(options: UpdateDriverOptions): ShellUpdateDriver {
  const offReason = offReasonOf(options);
  if (offReason) return { ...noUpdates, offReason, isRestarting: () => false, finish: async () => undefined };
  const updater = makeUpdater(options);
  let found: UpdateInfo | undefined;
  let fetched: Fetched | undefined;
  let isRestarting = false;
  return {
    offReason: undefined,
    look: async ({ url, branch }) => {
      const baseUrl = new URL(`/updates/${options.channel}/${encodeURIComponent(branch)}/`, url);
      updater.setFeedURL({ provider: "custom", updateProvider: signedFeed({ baseUrl, releaseKeys: options.releaseKeys }) });
      const looked = await updater.checkForUpdates().catch((cause: unknown) => {
        if (!(cause instanceof NothingStaged)) throw cause;
      });
      found = looked?.isUpdateAvailable ? looked.updateInfo : undefined;
      return found && { version: found.version, notes: notesOf(found) };
    },
    fetch: async (onPercent) => {
      const listen = ({ percent }: { readonly percent: number }): void => onPercent(percent);
      updater.on("download-progress", listen);
      try {
        const [file = ""] = await updater.downloadUpdate();
        fetched = { file, sha512: digestOf(found, file) };
      } catch (cause) {
        const isDamaged = cause instanceof Error && "code" in cause && cause.code === "ERR_CHECKSUM_MISMATCH";
        throw new Fault(isDamaged ? "UPDATE_DAMAGED" : "UPDATE_NOT_FETCHED", { cause, message: "the download failed" });
      } finally {
        updater.off("download-progress", listen);
      }
    },
    restart: () => {
      isRestarting = true;
      options.quit();
    },
    isRestarting: () => isRestarting,
    finish: async () => {
      if (!fetched) return;
      // A day may have passed since it was fetched.
      if ((await sha512Of(fetched.file)) !== fetched.sha512)
        throw new Fault("UPDATE_DAMAGED", { message: "the download was changed since" });
      if (!updater.install(true, isRestarting))
        throw new Fault("UPDATE_NOT_INSTALLED", { message: "the new version could not be put into place" });
    },
  };
}

function offReasonOf({ app, releaseKeys }: UpdateDriverOptions): UpdateDriver["offReason"] {
  if (!app.isPackaged) return "FROM_SOURCES";
  // A Debian package is the system's to replace, and a disk image is opened by hand.
  if (process.platform !== "win32" && !process.env["APPIMAGE"]) return "SYSTEM_PACKAGE";
  return releaseKeys.length === 0 ? "NO_RELEASE_KEY" : undefined;
}

function makeUpdater({ app, configFile, cacheDir, quit }: UpdateDriverOptions): BaseUpdater {
  const adapter = {
    ...app,
    appUpdateConfigPath: configFile,
    userDataPath: cacheDir,
    baseCachePath: cacheDir,
    whenReady: async () => undefined,
    relaunch: () => undefined,
    quit,
    onQuit: () => undefined,
  };
  const updater = process.platform === "win32" ? new NsisUpdater(null, adapter) : new WholeAppImageUpdater(null, adapter);
  // It has none of its own outside Electron, and its typings do not show the place.
  Object.assign(updater, { httpExecutor: new NodeHttpExecutor() });
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  return updater;
}

const notesOf = ({ releaseNotes }: UpdateInfo): string => (typeof releaseNotes === "string" ? releaseNotes : "");

/** The digest that the signed manifest gives for a fetched file, which keeps its kind and not always its name. */
function digestOf(info: UpdateInfo | undefined, file: string): string {
  const kind = file.slice(file.lastIndexOf("."));
  return info?.files.find(({ url }) => url.endsWith(kind))?.sha512 ?? "";
}

async function sha512Of(file: string): Promise<string> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return hash.digest("base64");
}
