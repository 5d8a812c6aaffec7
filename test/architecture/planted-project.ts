import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/** What the checks read; the planted files stand in for the rest. */
const configuration = [
  "package.json",
  "tsconfig.base.json",
  "tsconfig.json",
  "tsconfig.node.json",
  "tsconfig.renderer.json",
  "tsconfig.renderer-test.json",
  "oxlint.config.ts",
  ".oxfmtrc.json",
  "knip.json",
];

export type PlantedProject = {
  /** Runs an installed tool in the planted project, as `npm run check` does in this one. */
  run(script: string, ...args: readonly string[]): Promise<{ readonly exitCode: number; readonly output: string }>;
  remove(): void;
};

/** A copy of the project's configuration in a folder of its own, with the given files (path to text) and no others. */
export function plantProject(files: Readonly<Record<string, string>>): PlantedProject {
  const folder = mkdtempSync(join(tmpdir(), "planted-"));
  for (const name of configuration) cpSync(join(projectRoot, name), join(folder, name));
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"), "junction");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return {
    run: (script, ...args) =>
      new Promise((resolve) => {
        const command = [join(projectRoot, "node_modules", script), ...args];
        execFile(process.execPath, command, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
          resolve({ exitCode: error ? 1 : 0, output: stdout + stderr });
        });
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
