import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

type Machine = { readonly platform: NodeJS.Platform; readonly home: string; readonly env: Readonly<Record<string, string | undefined>> };

/**
 * The folder that holds a station's database, key and lock.
 *
 * @param given from the command line; else `COUNTERFOIL_DATA`, else the place that this system keeps for a person's programs
 */
export function dataFolder(
  given: string | undefined,
  machine: Machine = { platform: process.platform, home: homedir(), env: process.env },
): string {
  const { env } = machine;
  return resolve(given || env.COUNTERFOIL_DATA || join(personsFolder(machine), "station"));
}

function personsFolder({ platform, home, env }: Machine): string {
  if (platform === "win32") return join(env.APPDATA || join(home, "AppData", "Roaming"), "Counterfoil");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Counterfoil");
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "Counterfoil");
}

/** Made for its owner alone, since database, key and socket lie in it. */
export function makeDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}
