import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const script = fileURLToPath(new URL("../../../../src-main/shell/cli/replay.ts", import.meta.url));
const recordings = fileURLToPath(new URL("../../../fixtures/frames/msr-serial.jsonl", import.meta.url));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "replay-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Runs the command as a person does. */
function replay(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

const good = {
  name: "good card",
  family: "msr.serial",
  chunks: [{ delayMs: 0, hex: "3B383838383030303031323F0D" }],
  end: "idle",
  expect: { events: [{ type: "cardRead", media: "magstripe", tracks: { "2": "8888000012" } }] },
};
const other = { ...good, name: "another number", chunks: [{ delayMs: 0, hex: "3B383838383030303032303F0D" }] };
const unknown = { ...good, name: "unknown family", family: "msr.telepathy" };

it("finds every recorded swipe the same", async () => {
  const { code, stdout } = await replay(recordings, "--json");
  expect(JSON.parse(stdout)).toEqual({ run: 25, same: 25, differ: [] });
  expect(code).toBe(0);
});

it("names the recording that differs, what was expected and what came", async () => {
  const { code, stdout } = await replay(await write("array.json", JSON.stringify([good, other])), "--json");
  expect(JSON.parse(stdout)).toEqual({
    run: 2,
    same: 1,
    differ: [
      {
        name: "another number",
        expected: good.expect,
        got: { events: [{ type: "cardRead", media: "magstripe", tracks: { "2": "8888000020" } }] },
      },
    ],
  });
  expect(code).toBe(1);
});

it("says the same in words", async () => {
  const { code, stdout } = await replay(await write("words.jsonl", `${JSON.stringify(good)}\n\n${JSON.stringify(other)}\n`));
  expect(stdout).toContain("differs: another number");
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("2 recordings, 1 same, 1 differ");
  expect(code).toBe(1);
});

it("takes an object with vectors, and a file with one recording", async () => {
  const object = await replay(await write("object.json", JSON.stringify({ vectors: [good, good] }, null, 2)), "--json");
  const single = await replay(await write("single.json", JSON.stringify(good)), "--json");
  expect([JSON.parse(object.stdout), JSON.parse(single.stdout)]).toMatchObject([
    { run: 2, same: 2 },
    { run: 1, same: 1 },
  ]);
});

it("counts what was written to the device, where the recording says it", async () => {
  const silent = { ...good, expect: { ...good.expect, writes: [] } };
  const talking = { ...good, name: "talks", expect: { ...good.expect, writes: ["06"] } };
  const { stdout } = await replay(await write("writes.json", JSON.stringify([silent, talking])), "--json");
  expect(JSON.parse(stdout)).toMatchObject({ run: 2, same: 1, differ: [{ name: "talks", got: { writes: [] } }] });
});

it("counts a family that nobody speaks, and a recording that is none, as different", async () => {
  const { code, stdout } = await replay(await write("mixed.json", JSON.stringify([good, unknown, { name: "empty" }, 7])), "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    run: 4,
    same: 1,
    differ: [
      { name: "unknown family", got: { error: { message: "no driver speaks msr.telepathy" } } },
      { name: "empty", got: { error: {} } },
      { name: "recording 4", got: { error: {} } },
    ],
  });
  expect(code).toBe(1);
});

it.each([
  ["a file that is not there", () => [join(folder, "nowhere.jsonl")], "FILE_UNREADABLE", {}],
  ["a line that is not JSON", async () => [await write("broken.jsonl", `${JSON.stringify(good)}\n{oops\n`)], "INVALID_JSON", { line: 2 }],
  ["a file without recordings", async () => [await write("empty.jsonl", "\n")], "NO_VECTORS", {}],
  ["no file", () => [], "USAGE", {}],
  ["an option it does not know", () => ["--loud"], "USAGE", {}],
] as const)("refuses %s, saying so", async (_name, args, code, data) => {
  const given = await args();
  const asJson = await replay(...given, "--json");
  const inWords = await replay(...given);
  expect(JSON.parse(asJson.stdout)).toMatchObject({ error: { code, data } });
  expect([asJson.code, inWords.code]).toEqual([2, 2]);
  expect(inWords.stdout).toBe("");
  expect(inWords.stderr).not.toBe("");
});
