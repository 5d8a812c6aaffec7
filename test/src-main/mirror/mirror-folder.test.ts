import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { existingMirrorFolder, mirrorFolder } from "#main/mirror/mirror-folder.ts";

const key = Buffer.alloc(32, 7);
const otherKey = Buffer.alloc(32, 8);

/** Two data folders and a stick, which is plugged in. */
function computer() {
  const base = mkdtempSync(join(tmpdir(), "counterfoil-folder-"));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const [dataDir, otherDataDir, stick] = ["data", "other", "stick"].map((name) => join(base, name)) as [string, string, string];
  for (const folder of [dataDir, otherDataDir, stick]) mkdirSync(folder);
  return { dataDir, otherDataDir, stick };
}
const ask = (dataDir: string, given?: string, env: Record<string, string> = {}, dataKey = key) =>
  mirrorFolder({ dataDir, dataKey, given, env });

it("lies in the data folder unless somebody names another place", () => {
  const { dataDir } = computer();
  expect(ask(dataDir)).toEqual({ folder: join(dataDir, "mirror"), mayMake: true });
});

it("lies on the volume that was named once, also when nobody names it again", () => {
  const { dataDir, stick } = computer();
  const { folder, mayMake } = ask(dataDir, stick);
  expect({ parent: dirname(folder), mayMake }).toEqual({ parent: stick, mayMake: true });
  // From now on its absence means that the stick is gone, and nothing is made in its place.
  expect(ask(dataDir)).toEqual({ folder, mayMake: false });
  expect(ask(dataDir, undefined, { COUNTERFOIL_JOURNAL: stick })).toEqual({ folder, mayMake: false });
  expect(existingMirrorFolder(stick, key)).toBe(stick);
  mkdirSync(folder);
  expect(existingMirrorFolder(stick, key)).toBe(folder);
});

it("is made on a new stick when it is named again", () => {
  const { dataDir, stick } = computer();
  ask(dataDir, stick);
  expect(ask(dataDir, stick).mayMake).toBe(true);
});

it("keeps the journals of two stations apart that share a stick", () => {
  const { dataDir, otherDataDir, stick } = computer();
  expect(ask(dataDir, stick).folder).not.toBe(ask(otherDataDir, stick, {}, otherKey).folder);
});
