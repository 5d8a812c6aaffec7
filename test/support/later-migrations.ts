import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrationsFolder } from "./counter.ts";

/** The migrations of this version, and steps that others might bring: their SQL by the name of their folder. */
export function laterMigrations(steps: string | Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-migrations-"));
  cpSync(migrationsFolder, folder, { recursive: true });
  for (const [name, statements] of Object.entries(typeof steps === "string" ? { "20991231235959_later": steps } : steps)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "migration.sql"), statements);
  }
  return folder;
}
