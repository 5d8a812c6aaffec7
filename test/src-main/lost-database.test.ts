import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openStation } from "#main/main.ts";
import { guardFiles } from "#main/mirror/guard-files.ts";
import { dataKey, quietLog } from "#test/support/counter.ts";

it("does not offer a folder whose database is gone to somebody who would enrol it anew", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "counterfoil-lost-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const guard = {
    replica: 1,
    incarnation: "00000000000000a1",
    seq: 3,
    hash: "ab".repeat(32),
    machine: null,
    file: null,
    mirrorIsWhole: true,
  };
  guardFiles([dataDir]).write(guard);
  await expect(openStation({ dataDir, dataKey, log: quietLog })).rejects.toMatchObject({ code: "STORAGE_MISSING" });
  expect(readdirSync(dataDir)).toEqual(["station.guard"]);
});
