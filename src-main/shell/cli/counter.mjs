import { buildStale } from "./build.mjs";
import { fetchElectron, findElectron } from "./electron-binary.mjs";
import { root } from "./project.mjs";
import { runHere } from "./run.mjs";

/** `npm start`: opens the counter, in Electron's window where that can be had, else in the system's browser. @returns the exit code */
export async function openCounter(node, args) {
  const { electron, reason } = await electronFor(node);
  if (electron) {
    await buildStale(node, ["renderer", "main", "preload", "hq"]);
    return runHere(electron, [root, ...args]);
  }
  await buildStale(node, ["renderer"]);
  console.error(`${reason}, so the counter runs in the web shell, which any browser on this computer can show.`);
  return runHere(node, [`${root}/src-main/shell/cli/station.mjs`, "serve", "--open", ...args]);
}

const notInstalled = "Electron's program is not installed here";

async function electronFor(node) {
  const hasDisplay = process.platform === "win32" || process.platform === "darwin" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const isHere = findElectron() !== undefined;
  if (!hasDisplay) return { reason: isHere ? "There is no display for Electron's window" : notInstalled };
  // Electron's sandbox does not work for root, and the counter does not run without its sandbox.
  if (process.getuid?.() === 0) return { reason: "Electron's window is not for the root user" };
  const isUnattended = Boolean(process.env.CI || process.env.VITEST);
  const electron = findElectron() ?? (isUnattended ? undefined : await fetchElectron(node));
  return electron ? { electron } : { reason: notInstalled };
}
