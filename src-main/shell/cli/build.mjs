import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { root, toolScript } from "./project.mjs";
import { environment, runAside } from "./run.mjs";

/** What each bundle is made with, what it is made from, and the file that shows that it was made. */
const bundles = {
  renderer: {
    args: [],
    sources: ["src-renderer", "src-shared", "src-main/shell/cli/build.mjs", "vite.config.ts", "package-lock.json"],
    made: "out/renderer/index.html",
  },
  main: {
    args: ["--config", "vite.main.config.ts", "--mode", "main"],
    sources: ["src-main", "src-shared", "vite.main.config.ts", "package-lock.json"],
    made: "out/main/index.js",
  },
  preload: {
    args: ["--config", "vite.main.config.ts", "--mode", "preload"],
    sources: ["src-main/shell/electron", "src-shared", "vite.main.config.ts", "package-lock.json"],
    made: "out/preload/preload.cjs",
  },
  hq: {
    args: ["--config", "vite.main.config.ts", "--mode", "hq"],
    sources: ["src-server", "src-shared", "vite.main.config.ts", "package-lock.json"],
    made: "out/hq/index.js",
  },
};

/** `npm run build`: all bundles, whatever is there already. @returns the exit code */
export async function buildAll(node) {
  for (const name of Object.keys(bundles)) {
    if (!(await build(node, name))) return 1;
  }
  return 0;
}

/** @returns whether the bundle stands; what the bundler complained about is on the error output */
export async function build(node, name) {
  // Suites run under another name, and a page that they had made would carry React's slow half for developers.
  const env = environment(node, { NODE_ENV: "production" });
  const { code, output } = await runAside(node, [toolScript("vite"), "build", ...bundles[name].args], { env });
  if (code !== 0) console.error(`${output.trimEnd()}\nThe ${name} could not be built.`);
  return code === 0;
}

/** Builds what is missing or older than its sources. @throws Error when one of them cannot be built */
export async function buildStale(node, names) {
  for (const name of names) {
    const { sources, made } = bundles[name];
    const madeAtMs = statSync(join(root, made), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const isFresh = sources.every((source) => newestMs(join(root, source)) <= madeAtMs);
    if (!isFresh && !(await build(node, name))) throw new Error(`Counterfoil cannot start without its ${name}.`);
  }
}

function newestMs(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}
