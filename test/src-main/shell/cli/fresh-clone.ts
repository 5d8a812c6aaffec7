import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const commandFolder = "src-main/shell/cli";
const projectRoot = fileURLToPath(new URL("../../../..", import.meta.url));

export type Outcome = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string };

/** A clone with nothing installed, an npm that installs stand-ins, and programs that say how they were called. */
export function makeFreshClone() {
  const folder = mkdtempSync(join(tmpdir(), "fresh-clone-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  cpSync(join(projectRoot, commandFolder), join(folder, commandFolder), { recursive: true, filter: (path) => !path.endsWith(".ts") });
  write("package.json", `{ "type": "module" }`);
  write("package-lock.json", "{}");
  write("npm-calls", "");
  write(`${commandFolder}/station.mjs`, "console.log(JSON.stringify(process.argv.slice(2)));");
  write(`${commandFolder}/docs.ts`, "");
  for (const file of ["print-totals", "totals", "budget"]) cpSync(join(projectRoot, `test/${file}.ts`), join(folder, `test/${file}.ts`));
  write("fake-npm.mjs", fakeNpm);

  const start = (args: readonly string[], { env = {}, nodeFlags = [] }: { env?: NodeJS.ProcessEnv; nodeFlags?: string[] } = {}) =>
    spawn(process.execPath, [...nodeFlags, join(folder, commandFolder, "start.mjs"), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: "", HOME: folder, npm_execpath: join(folder, "fake-npm.mjs"), npm_node_execpath: process.execPath, ...env },
    });

  return {
    write,
    read,
    start,
    /** What npm was called with, a line a call. */
    npmCalls: () => read("npm-calls").split("\n").filter(Boolean),
    changeLockfile: () => appendFileSync(join(folder, "package-lock.json"), "\n"),
    async run(args: readonly string[], options?: Parameters<typeof start>[1]): Promise<Outcome> {
      const child = start(args, options);
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
      child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
      const [exitCode] = (await once(child, "close")) as [number | null];
      return { exitCode, stdout, stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type FreshClone = ReturnType<typeof makeFreshClone>;

/** Talks on its standard output, as npm does, and installs a Node and tools that succeed and say so. */
const fakeNpm = `
import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
process.chdir(import.meta.dirname);
appendFileSync("npm-calls", process.argv.slice(2).join(" ") + "\\n");
console.log("added 1 package in 1s");
if (process.env.NPM_FAILS) process.exit(1);
await delay(200);
rmSync("node_modules", { recursive: true, force: true });
const write = (path, text) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
const platform = process.platform === "win32" ? "win" : process.platform;
const node = "node_modules/node-" + platform + "-" + process.arch;
write(node + "/package.json", JSON.stringify({ version: process.env.NODE_BROUGHT ?? process.versions.node }));
mkdirSync(node + "/bin");
symlinkSync(process.execPath, node + "/bin/" + (platform === "win" ? "node.exe" : "node"));
const tool = (name, script) => {
  write("node_modules/" + name + "/package.json", JSON.stringify({ name, bin: "./run.mjs", type: "module" }));
  write("node_modules/" + name + "/run.mjs", script);
};
for (const name of ["typescript", "oxfmt", "knip", "drizzle-kit"]) tool(name, "");
tool("oxlint", "if (process.env.LINT_FAILS) { console.log('a layer was crossed'); process.exitCode = 1; }");
tool("vite", "import { mkdirSync, writeFileSync } from 'node:fs'; mkdirSync('out/renderer', { recursive: true }); writeFileSync('out/renderer/index.html', '');");
tool("vitest", "import { writeFileSync } from 'node:fs'; writeFileSync(process.env.COUNTERFOIL_TOTALS, JSON.stringify({ passed: 5, failed: process.env.SUITES_FAIL ? 1 : 0, failures: [], skipped: 0, took: [] }));");
write("node_modules/electron/package.json", "{}");
write("node_modules/electron/install.js", "require('node:fs').writeFileSync('electron-was-fetched', '')");
`;
