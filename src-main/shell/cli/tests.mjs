import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { runChecks } from "./checks.mjs";
import { root, toolScript } from "./project.mjs";
import { environment, runAside, runHere } from "./run.mjs";

/**
 * What the suites need of a Debian system: the browser, and glyphs, without which Chinese is boxes; and what packages are made with, which
 * electron-builder would fetch.
 */
const systemPackages = ["chromium", "fonts-noto-cjk", "desktop-file-utils", "nsis", "p7zip-full", "squashfs-tools"];

/**
 * `npm test`: checks, build and every suite. With arguments, only the suites they name (`npm test -- test/src-shared`).
 *
 * @returns the exit code; the last line, `N passed, N failed`, counts failed checks too
 */
export async function runTests(node, args) {
  if (args.length > 0) return runHere(node, [toolScript("vitest"), "run", ...args]);
  await installSystemPackages();
  const failedChecks = await runChecks(node);
  if (!(await build(node, "renderer"))) failedChecks.push("build of the page");
  const folder = mkdtempSync(join(tmpdir(), "totals-"));
  try {
    const totals = await runSuites(node, folder);
    return await runHere(node, [join(root, "test/print-totals.ts"), failedChecks.join(), ...totals]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `npm test` runs beside all the other suites, one file after the other: these wait most of their time, for a page or for a death. */
const waiting = ["e2e", "crash"];

/**
 * Runs all suites, in two rows beside each other; what the row that waits has to say follows when both are done.
 *
 * @returns the files in which they left their totals
 */
async function runSuites(node, folder) {
  const suites = (projects) => [toolScript("vitest"), "run", ...projects.flatMap((name) => ["--project", name])];
  const [totals, totalsOfWaiting] = [join(folder, "totals.json"), join(folder, "totals-of-waiting.json")];
  const beside = runAside(node, suites(waiting), { env: environment(node, { COUNTERFOIL_TOTALS: totalsOfWaiting }) });
  const others = waiting.map((name) => `!${name}`);
  await runHere(node, [...suites(others), "--coverage"], { env: { COUNTERFOIL_TOTALS: totals } });
  console.log((await beside).output.trimEnd());
  return [totals, totalsOfWaiting];
}

/** Where we may, that is as root on a Debian system. Elsewhere the suites say themselves what they miss. */
async function installSystemPackages() {
  if (process.getuid?.() !== 0) return;
  const { code, output } = await runAside("dpkg-query", ["--show", "--showformat=${db:Status-Abbrev} ${Package}\n", ...systemPackages]);
  if (code === 127) return;
  const missing = systemPackages.filter((name) => !output.includes(`ii  ${name}\n`));
  if (missing.length === 0) return;
  console.error(`Installing ${missing.join(", ")} for the suites.`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runAside("apt-get", ["update", "--quiet=2"], { env });
  const installed = await runAside("apt-get", ["install", "--yes", "--quiet=2", "--no-install-recommends", ...missing], { env });
  if (installed.code !== 0) console.error(installed.output.trimEnd());
}
