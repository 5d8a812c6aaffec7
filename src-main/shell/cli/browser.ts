import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export type Desktop = {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hasProgram: (name: string) => boolean;
};

export type Command = { readonly program: string; readonly args: readonly string[] };

/** Chromium runs its sandbox for nobody who is root; the second flag keeps the warning about it off the screens. */
const asRoot = ["--no-sandbox", "--test-type"];
/** In a window of its own, without questions, and without an offer to translate the screens. */
const asApp = ["--no-first-run", "--disable-features=Translate"];
const chromiums = ["chromium", "chromium-browser", "google-chrome"];

/** @returns how this desktop shows an address; undefined where there is no display */
export function browserCommand(url: string, { platform, isRoot, env, hasProgram }: Desktop): Command | undefined {
  if (platform === "win32") return { program: "cmd.exe", args: ["/d", "/c", "start", "", url] };
  if (platform === "darwin") return { program: "open", args: [url] };
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined;
  const chromium = isRoot ? chromiums.find(hasProgram) : undefined;
  if (chromium) return { program: chromium, args: [`--app=${url}`, ...asApp, ...asRoot] };
  return hasProgram("xdg-open") ? { program: "xdg-open", args: [url] } : undefined;
}

/**
 * Opens the system's browser. The address stands in its arguments for a moment, where another user of this computer could read the
 * token; what that opens is the sign-in.
 *
 * @returns false when there is nothing to open it with
 */
export function openBrowser(url: string): boolean {
  const { env, platform } = process;
  const command = browserCommand(url, {
    platform,
    env,
    isRoot: process.getuid?.() === 0,
    hasProgram: (name) => isInPath(name, env.PATH ?? ""),
  });
  if (!command) return false;
  const child = spawn(command.program, command.args, { detached: true, stdio: "ignore" });
  child.on("error", (error) => console.error(`The browser did not open: ${error.message}`));
  child.unref();
  return true;
}

function isInPath(name: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
