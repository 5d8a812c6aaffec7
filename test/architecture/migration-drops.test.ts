import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/** Plain JavaScript without types of its own, as all that runs before anything is installed. */
const script: string = fileURLToPath(new URL("../../src-main/shell/cli/migration-drops.mjs", import.meta.url));
const { unapprovedDrops } = (await import(script)) as { readonly unapprovedDrops: (folder: string) => readonly string[] };

function migrations(steps: Readonly<Record<string, string>>, approved?: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-drops-"));
  for (const [step, statements] of Object.entries(steps)) {
    mkdirSync(join(folder, step), { recursive: true });
    writeFileSync(join(folder, step, "migration.sql"), statements);
  }
  if (approved) writeFileSync(join(folder, "approved-drops.json"), JSON.stringify(approved));
  return folder;
}

it("a migration that drops a table or a column is not committed before somebody has looked at it", () => {
  const steps = {
    "branch/1_first": "CREATE TABLE `card` (`id` text);",
    "branch/2_rebuild": "INSERT INTO `__new_card` SELECT * FROM `card`;\n--> statement-breakpoint\nDROP TABLE `card`;",
    "head-office/1_first": 'ALTER TABLE "card" DROP COLUMN "id";',
  };
  expect(unapprovedDrops(migrations(steps))).toEqual([
    expect.stringContaining("branch/2_rebuild: DROP TABLE `card`"),
    expect.stringContaining('head-office/1_first: DROP COLUMN "id"'),
  ]);
  expect(unapprovedDrops(migrations(steps, { "branch/2_rebuild": "all rows are copied before" }))).toEqual([
    expect.stringContaining("head-office/1_first"),
  ]);
});
