import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Report } from "#test/support/electron-double-program.ts";
import { runStation } from "../src-main/shell/cli/station-command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const double = new URL("../support/electron-double-register.ts", import.meta.url).href;
let out: string;

beforeAll(async () => {
  // Inside the project, where the bundle finds the packages that it loads at run time.
  await mkdir(join(root, "node_modules/.cache"), { recursive: true });
  out = await mkdtemp(join(root, "node_modules/.cache/electron-bundle-"));
  for (const mode of ["main", "preload"]) {
    await build({ root, configFile: join(root, "vite.main.config.ts"), mode, logLevel: "silent", build: { outDir: join(out, mode) } });
  }
  await mkdir(join(out, "renderer"));
  await writeFile(join(out, "renderer/index.html"), "<title>Counterfoil</title>");
});

afterAll(() => rm(out, { recursive: true, force: true }));

it("starts from its bundle: window, screens, preload, and the real station behind it, until the window is closed", async () => {
  const data = join(out, "data");
  const program = spawn(process.execPath, ["--import", double, join(out, "main/index.js"), "--data", data], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const [report] = (await once(program, "message")) as [Report];
  expect(report).toEqual({
    type: "window",
    preload: join(out, "preload/preload.cjs"),
    page: "<title>Counterfoil</title>",
    schemes: [{ scheme: "app", privileges: { standard: true, secure: true } }],
  });
  expect(await runStation(["call", "setup.state", "--data", data])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"state": "empty"'),
  });

  program.send("close the window");
  expect(await once(program, "exit")).toEqual([0, null]);
});

it("has a preload that a sandbox can run: one CommonJS file that needs nothing but Electron", async () => {
  const preload = await readFile(join(out, "preload/preload.cjs"), "utf8");
  expect(preload.match(/require\([^)]*\)/g)).toEqual(['require("electron")']);
  expect(preload).not.toMatch(/^(import|export) /m);
});
