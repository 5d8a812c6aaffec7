import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeOwnership } from "#main/shell/owner-lock.ts";
import { runStation } from "./station-command.ts";

let folder: string;
let data: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "own-station-"));
  data = join(folder, "station");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const call = (...args: readonly string[]) => runStation(["call", ...args, "--data", data, "--json"]);

it("opens the station for one call when nobody has it open, and leaves it free", async () => {
  const { code, stdout } = await call("setup.state");
  expect({ code, answer: JSON.parse(stdout) }).toMatchObject({ code: 0, answer: { state: "empty", isSample: false } });
  expect((await readdir(data)).toSorted()).toEqual(["station.key", "station.lock"]);
  takeOwnership(data, 1).release();
});

it("makes a data folder that only its owner can look into", async () => {
  await call("setup.state");
  expect((await stat(data)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(data))
    expect({ name, mode: (await stat(join(data, name))).mode & 0o777 }).toEqual({ name, mode: 0o600 });
});

it("waits its turn behind another call", async () => {
  const answers = await Promise.all([call("setup.state"), call("station.status"), call("setup.state")]);
  expect(answers.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array.from({ length: 3 }, () => ({ code: 0, stderr: "" })));
});

it("refuses as a running station does: by the contract's code, with the field that is wrong", async () => {
  const unsigned = await call("points.rules");
  expect(unsigned.code).toBe(1);
  expect(JSON.parse(unsigned.stdout)).toMatchObject({ error: { code: "NOT_SIGNED_IN", data: {} } });

  const wrong = await call("session.signIn", "--input", '{"userName":"chen"}');
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: "INVALID_INPUT", data: { issues: [{ field: "password" }] } } });
});

it("makes nothing of a misspelt procedure", async () => {
  const { code, stdout } = await call("setup.stat");
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "UNKNOWN_PROCEDURE", data: { near: ["setup.state"] } } });
  await expect(readdir(data)).rejects.toMatchObject({ code: "ENOENT" });
});

it("enrols by the station's own procedure, and says why it could not", async () => {
  const enrol = (code: string) => runStation(["enrol", "--hq", "http://127.0.0.1:1", "--code", code, "--data", data, "--json"]);
  const tooShort = await enrol("ABC");
  expect(tooShort.code).toBe(1);
  expect(JSON.parse(tooShort.stdout)).toMatchObject({ error: { code: "INVALID_INPUT", data: { issues: [{ field: "code" }] } } });
  const nobodyThere = await enrol("0".repeat(26));
  expect(nobodyThere.code).toBe(1);
  expect(JSON.parse(nobodyThere.stdout)).toMatchObject({ error: { code: "UNREACHABLE" } });
});
