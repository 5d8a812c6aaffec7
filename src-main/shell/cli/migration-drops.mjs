import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What takes rows or values away for good. drizzle-kit writes the first of them also where it only rebuilds a table. */
const drops = /\bDROP\s+(?:TABLE|COLUMN)\s+(?:IF\s+EXISTS\s+)?[`"]?\w+[`"]?/gi;

/**
 * Finds drops in the migrations below a folder that nobody has looked at. `approved-drops.json` in that folder lists those that somebody
 * has: `{ "branch/20261122020417_first": "why no row is lost" }`.
 *
 * @returns a complaint for each
 */
export function unapprovedDrops(folder) {
  const list = join(folder, "approved-drops.json");
  const approved = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : {};
  const sides = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
  return sides.flatMap(({ name: side }) =>
    readdirSync(join(folder, side)).flatMap((step) => {
      const file = join(folder, side, step, "migration.sql");
      const found = existsSync(file) && !approved[`${side}/${step}`] ? (readFileSync(file, "utf8").match(drops) ?? []) : [];
      return found.map((drop) => `${side}/${step}: ${drop}. If no row is lost, say why under its name in drizzle/approved-drops.json.`);
    }),
  );
}
