import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import packageJson from "../../../../package.json" with { type: "json" };
import { serveLocal, type LocalDoor } from "#main/shell/local/serve-local.ts";
import { takeOwnership, type OwnerLock } from "#main/shell/owner-lock.ts";
import { openSmallStation, type SmallStation } from "../small-station.ts";
import { runStation, startStation } from "./station-command.ts";

let data: string;
let station: SmallStation;
let lock: OwnerLock;
let door: LocalDoor;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "station-cli-"));
  station = openSmallStation();
  lock = takeOwnership(data, Date.UTC(2026, 2, 2, 8));
  door = await serveLocal({ station, dataDir: data });
  lock.announce({ address: door.address });
});

afterEach(async () => {
  await door.close();
  lock.release();
  await rm(data, { recursive: true, force: true });
});

const call = (...args: readonly string[]) => runStation(["call", ...args, "--data", data, "--json"]);

describe("a call to a running station", () => {
  it("prints one JSON document on one line, and nothing else", async () => {
    const { code, stdout, stderr } = await call("station.status");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(stdout)).toMatchObject({ businessDate: "2026-03-02", stationNumber: 1 });
  });

  it("is spread over lines for a person", async () => {
    const { stdout } = await runStation(["call", "station.status", "--data", data]);
    expect(stdout.split("\n")).toContain('  "businessDate": "2026-03-02",');
  });

  it("finds the folder by COUNTERFOIL_DATA", async () => {
    const { code } = await runStation(["call", "station.status"], { env: { COUNTERFOIL_DATA: data } });
    expect(code).toBe(0);
  });

  it("signs in first, with the password of the environment", async () => {
    const asChen = ["call", "station.watch", "--user", "chen", "--data", data, "--json"];
    const refused = await runStation(asChen, { env: { COUNTERFOIL_PASSWORD: "wrong" } });
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toEqual({
      error: { code: "WRONG_CREDENTIALS", message: "User name or password is wrong.", data: { attemptsLeft: 4 } },
    });

    const watching = startStation(asChen, { env: { COUNTERFOIL_PASSWORD: "right" } });
    expect(JSON.parse((await watching.lines.next()).value)).toMatchObject({ type: "status" });
    watching.child.kill("SIGINT");
    expect((await watching.ended).code).toBe(0);
  });

  it("asks for the password before it asks the station anything", async () => {
    const { code, stdout } = await call("points.balance", "--user", "chen");
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "USAGE", message: expect.stringContaining("COUNTERFOIL_PASSWORD") } });
  });

  it("needs nobody where the station asks for nobody", async () => {
    expect(await call("session.current", "--user", "chen")).toMatchObject({ code: 0, stdout: "null\n" });
  });

  it("takes its input from the command line or from a pipe", async () => {
    const input = JSON.stringify({ userName: "chen", password: "right" });
    expect(JSON.parse((await call("session.signIn", "--input", input)).stdout)).toMatchObject({ displayName: "陈静" });
    const piped = await runStation(["call", "session.signIn", "--input", "-", "--data", data, "--json"], { stdin: input });
    expect(JSON.parse(piped.stdout)).toMatchObject({ displayName: "陈静" });
  });

  it("prints a stream as it comes, until it is interrupted", async () => {
    const watching = startStation(["call", "station.watch", "--data", data]);
    expect(JSON.parse((await watching.lines.next()).value)).toMatchObject({ type: "status" });
    station.journalChanged();
    expect(await watching.lines.next()).toEqual({ done: false, value: '{"type":"journalChanged"}' });
    watching.child.kill("SIGTERM");
    expect(await watching.ended).toMatchObject({ code: 0, stderr: "" });
    await station.watchedBy(0);
  });

  it("says so when the station closes under a stream", async () => {
    const watching = startStation(["call", "station.watch", "--data", data]);
    await watching.lines.next();
    await door.close();
    const { code, stdout } = await watching.ended;
    expect(code).toBe(3);
    expect(stdout).toContain("STATION_GONE");
  });
});

describe("a command line that is wrong", () => {
  it("names procedures that are near to a misspelt one", async () => {
    const { code, stdout } = await call("point.awrd");
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "UNKNOWN_PROCEDURE", data: { near: ["points.award"] } } });
  });

  it("says where the input stops being JSON", async () => {
    const { code, stdout } = await call("session.signIn", "--input", '{"userName": "chen", password: "right"}');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "INVALID_JSON", message: expect.stringContaining("line 1 column 22") } });
  });

  it.each([
    { args: ["call"], says: "PROCEDURE is missing" },
    { args: ["call", "station.status", "now"], says: '"now" is one word too many' },
    { args: ["call", "station.status", "--frobnicate"], says: "--frobnicate" },
    { args: ["call", "station.status", "--user"], says: "--user" },
    { args: ["serve", "--port", "80a"], says: "--port is a number" },
    { args: ["serve", "--port", "65536"], says: "--port is a number" },
    { args: ["enrol", "--code", "X"], says: "--hq is missing" },
    { args: ["enrol", "--hq", "http://127.0.0.1:1"], says: "--code is missing" },
    {
      args: ["celebrate"],
      says: "Known: serve, call, enrol, verify, backup, restore, rebuild, recovery-kit, recover-key, change-key, version",
    },
    { args: ["constructor"], says: 'no command "constructor"' },
  ])("$args: $says", async ({ args, says }) => {
    const { code, stdout } = await runStation([...args, "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "USAGE", message: expect.stringContaining(says) } });
  });
});

describe("a folder that is open elsewhere", () => {
  it("is not opened a second time by serve", async () => {
    const { code, stdout } = await runStation(["serve", "--data", data, "--json"]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: "OWNED_BY_ANOTHER", message: `Already open by process ${process.pid}.`, data: { pid: process.pid } },
    });
    expect(await readdir(data)).not.toContain("station.key");
  });

  it("is shown again, where it runs already, to whoever starts the counter a second time", async () => {
    lock.announce({ address: door.address, url: "http://127.0.0.1:4100/#token=t" });
    const { code, stdout } = await runStation(["serve", "--open", "--data", data, "--json"], { env: { DISPLAY: "", WAYLAND_DISPLAY: "" } });
    expect({ code, answer: JSON.parse(stdout) }).toEqual({ code: 0, answer: { url: "http://127.0.0.1:4100/#token=t", ready: true } });
  });
});

it("tells its version and its commands", async () => {
  expect(await runStation(["version", "--json"])).toMatchObject({
    code: 0,
    stdout: `{"name":"counterfoil","version":"${packageJson.version}"}\n`,
  });
  for (const args of [[], ["--help"], ["call", "--help"]]) {
    expect(await runStation(args)).toMatchObject({ code: 0, stdout: expect.stringContaining("station call PROCEDURE") });
  }
});
