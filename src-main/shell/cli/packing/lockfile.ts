import { readFileSync } from "node:fs";

/** The computers that a package is made for. */
export type Target = { readonly platform: "darwin" | "linux" | "win32"; readonly arch: "arm64" | "x64" };

/** One installed package, as package-lock.json has it. */
export type LockedPackage = {
  /** Where it lies below the project, such as `node_modules/pg`. */
  readonly path: string;
  /** What the registry calls it, which an alias in package.json may differ from. */
  readonly name: string;
  readonly version: string;
  /** `sha512-…` of its archive. */
  readonly integrity: string;
};

type Entry = {
  readonly name?: string;
  readonly version: string;
  readonly integrity?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Entries = Readonly<Record<string, Entry>>;

/** Headers for those who compile; nothing here does. */
const neverNeeded = new Set(["node-addon-api"]);

/**
 * The packages that run on a target, and all they need, each at the very version and contents that were locked.
 *
 * @param lockfile path of package-lock.json
 * @throws Error when a package is not in it
 */
export function packagesFor(target: Target, names: readonly string[], lockfile: string): readonly LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(lockfile, "utf8")) as { readonly packages: Entries };
  const found = new Map<string, LockedPackage>();
  const take = (name: string, from: string, isOptional: boolean): void => {
    const path = placeOf(name, from, packages);
    const entry = path === undefined ? undefined : packages[path];
    if (path === undefined || !entry) {
      if (isOptional) return;
      throw new Error(`${name} is not in package-lock.json: run npm install --package-lock-only.`);
    }
    if (found.has(path) || neverNeeded.has(name) || (isOptional && !runsOn(entry, target))) return;
    found.set(path, { path, name: entry.name ?? name, version: entry.version, integrity: entry.integrity ?? "" });
    for (const dependency of Object.keys(entry.dependencies ?? {})) take(dependency, path, false);
    for (const dependency of Object.keys(entry.optionalDependencies ?? {})) take(dependency, path, true);
  };
  for (const name of names) take(name, "", false);
  return [...found.values()];
}

/** Where a package finds another: in its own node_modules, or in one further up. */
function placeOf(name: string, from: string, packages: Entries): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf("/node_modules/"), 0))) {
    const path = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (path in packages) return path;
    if (folder === "") return undefined;
  }
}

function runsOn({ os, cpu, libc }: Entry, { platform, arch }: Target): boolean {
  return (!os || os.includes(platform)) && (!cpu || cpu.includes(arch)) && (!libc || libc.includes("glibc"));
}
