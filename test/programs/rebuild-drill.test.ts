import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const station = fileURLToPath(new URL("../../src-main/shell/cli/station.mjs", import.meta.url));

it("loses a station's database on purpose and rebuilds it without the loss of a point (Z-03)", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [station, "rebuild", "--drill", "--json"]);
  const outcome = JSON.parse(stdout) as Record<string, number | boolean>;
  expect(outcome).toMatchObject({ ok: true, pointsLost: 0, pointsGained: 0 });
  expect(outcome["unsent"]).toBeGreaterThan(0);
  expect(outcome["operations"]).toBeGreaterThan(outcome["unsent"] as number);
});
