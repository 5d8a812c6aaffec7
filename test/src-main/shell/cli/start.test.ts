import { once } from "node:events";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeFreshClone, type FreshClone } from "#test/src-main/shell/cli/fresh-clone.ts";

let clone: FreshClone;
beforeEach(() => (clone = makeFreshClone()));
afterEach(() => clone.remove());

const station = "src-main/shell/cli/station.mjs";

it("prints nothing but the command's own words on a fresh clone, whatever npm has to say", async () => {
  const { exitCode, stdout, stderr } = await clone.run(["station", "call", "--json"]);
  expect(stdout).toBe(`["call","--json"]\n`);
  expect(stderr).toContain("added 1 package");
  expect(exitCode).toBe(0);
});

it("installs when package-lock.json has changed, and only then", async () => {
  await clone.run(["station"]);
  await clone.run(["station"]);
  expect(clone.npmCalls()).toEqual(["ci --loglevel=error"]);

  clone.changeLockfile();
  await clone.run(["station"]);
  expect(clone.npmCalls()).toHaveLength(2);
});

it("installs once when two commands are given at the same moment", async () => {
  const outcomes = await Promise.all([clone.run(["station", "a"]), clone.run(["station", "b"])]);
  expect(outcomes.map(({ stdout }) => stdout)).toEqual([`["a"]\n`, `["b"]\n`]);
  expect(clone.npmCalls()).toHaveLength(1);
});

it("says so when the installation fails, and tries again the next time", async () => {
  const { exitCode, stdout, stderr } = await clone.run(["station"], { env: { NPM_FAILS: "1" } });
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("The installation failed");
  expect((await clone.run(["station"])).exitCode).toBe(0);
});

it("names the Node it needs when neither the one installed nor the one running is new enough", async () => {
  const actAsNode20 = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } })`;
  const nodeFlags = ["--import", `data:text/javascript,${encodeURIComponent(actAsNode20)}`];
  const { exitCode, stderr } = await clone.run(["station"], { env: { NODE_BROUGHT: "24.10.0" }, nodeFlags });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("Counterfoil needs Node 24.11 or newer. This is Node 20.20.2");
});

it("keeps the program's exit code", async () => {
  clone.write(station, "process.exitCode = 7;");
  expect((await clone.run(["station"])).exitCode).toBe(7);
});

it("hands a signal on and waits for the program to close in its own way", async () => {
  clone.write(
    station,
    `process.on("SIGTERM", () => { console.log("closed"); process.exit(3); }); console.log("open"); setInterval(() => undefined, 1000);`,
  );
  const child = clone.start(["station"]);
  const said: string[] = [];
  const isOpen = new Promise((resolve) => child.stdout.setEncoding("utf8").on("data", (chunk: string) => resolve(said.push(chunk))));
  await isOpen;
  child.kill("SIGTERM");
  const [exitCode] = (await once(child, "close")) as [number];
  expect(said.join("")).toBe("open\nclosed\n");
  expect(exitCode).toBe(3);
});

it("names the commands when it is given one that it does not know", async () => {
  const { exitCode, stderr } = await clone.run(["opne"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("station");
  expect(clone.npmCalls()).toEqual([]);
});

it("opens the counter in the browser and says why, without fetching Electron where nobody sits", async () => {
  const { stdout, stderr } = await clone.run([], { env: { CI: "1", DISPLAY: ":7" } });
  expect(stdout).toBe(`["serve","--open"]\n`);
  expect(stderr).toMatch(/Electron.*, so the counter runs in the web shell, which any browser on this computer can show\.\n$/);
  expect(() => clone.read("electron-was-fetched")).toThrow("ENOENT");
});

it("ends a test run red when a check fails although every suite passed", async () => {
  const { exitCode, stdout } = await clone.run(["test"], { env: { LINT_FAILS: "1" } });
  expect(stdout).toContain("FAILED  lint and layers\na layer was crossed");
  expect(stdout.trimEnd().split("\n").slice(-2)).toEqual(["failed: lint and layers", "10 passed, 1 failed"]);
  expect(exitCode).toBe(1);

  const sound = await clone.run(["test"]);
  expect(sound.stdout.trimEnd().split("\n").at(-1)).toBe("10 passed, 0 failed");
  expect(sound.exitCode).toBe(0);
});
