import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packagesFor, type LockedPackage, type Target } from "./lockfile.ts";
import { runTimePackages } from "./run-time-packages.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const run = promisify(execFile);

/** What a package with binaries brings for those who compile them instead. */
const sources = new Set(["binding.gyp", "deps", "src"]);

/** Fetches a package that is not installed on this computer. @returns a folder with its contents */
export type FetchPackage = (wanted: LockedPackage) => Promise<string>;

/**
 * Lays out `node_modules` for a target: npm installs binaries for the computer it runs on alone, so a package that was simply copied
 * from here would start nowhere else. What is not installed is fetched, and believed only when it is what package-lock.json names.
 */
export async function layOutNatives(target: Target, folder: string, fetch: FetchPackage = fetchFromRegistry): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const wanted of packagesFor(target, runTimePackages, join(root, "package-lock.json"))) {
    const installed = join(root, wanted.path);
    const source = existsSync(installed) ? installed : await fetch(wanted);
    await copyPackage(source, join(folder, wanted.path), target);
  }
}

async function copyPackage(source: string, to: string, target: Target): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  // Elsewhere a folder of these names is the package itself.
  const leftOut = existsSync(join(source, "binding.gyp")) ? sources : new Set<string>();
  await cp(source, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => {
      const inside = path.slice(source.length + 1);
      // Nested packages have lines of their own in the lock.
      if (leftOut.has(inside) || inside.startsWith("node_modules")) return false;
      const [first, name] = inside.split(/[\\/]/);
      return first !== "prebuilds" || name === undefined || isPrebuildFor(target, name);
    },
  });
}

/** `linux-x64.node` and `linux-x64`, and `darwin-x64+arm64`, which is for both. */
function isPrebuildFor({ platform, arch }: Target, name: string): boolean {
  const [system, architectures = ""] = name.replace(/\.node$/, "").split("-");
  return system === platform && architectures.split("+").includes(arch);
}

/** Through npm, so that whatever registry and proxy npm is set up with serves here too. @throws Error when it is not what was locked */
async function fetchFromRegistry({ name, version, integrity }: LockedPackage): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${basename(name)}-`));
  const isWindows = process.platform === "win32";
  await run(isWindows ? "npm.cmd" : "npm", ["pack", `${name}@${version}`, "--pack-destination", folder], { cwd: folder, shell: isWindows });
  const [archive = ""] = await readdir(folder);
  const hash = createHash("sha512")
    .update(await readFile(join(folder, archive)))
    .digest("base64");
  if (`sha512-${hash}` !== integrity) throw new Error(`${name} ${version} from the registry is not what package-lock.json names.`);
  await run("tar", ["-xzf", archive], { cwd: folder });
  const contents = join(folder, "package");
  // npm archives hold no links; PostgreSQL's libraries have some, which its own script makes.
  const links = join("scripts", "hydrate-symlinks.js");
  if (existsSync(join(contents, links))) await run(process.execPath, [links], { cwd: contents });
  return contents;
}
