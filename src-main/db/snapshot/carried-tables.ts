import type Database from "better-sqlite3";
import { directoryIndexes, directoryTables } from "#shared/contracts/sync/snapshot.ts";

/** A table of the station's that no snapshot has, with the columns of its rows; their places are kept, since they are what a change is known by. */
export type CarriedTable = { readonly name: string; readonly columns: string };

const inSnapshot: readonly string[] = [...Object.keys(directoryTables), ...Object.keys(directoryIndexes)];
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

type Made = { readonly type: string; readonly name: string; readonly tbl_name: string; readonly sql: string };

/** How the tables and indexes of a file were made, in an order in which they can be made again. */
export function madeIn(sqlite: Database.Database, schema: "main" | "old"): readonly Made[] {
  const all = sqlite.prepare(
    `SELECT type, name, tbl_name, sql FROM ${schema}.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'`,
  );
  return all.all() as Made[];
}

export const isCarried = ({ tbl_name: table }: Made): boolean => !inSnapshot.includes(table);

/** @returns the tables of a station that go over as they are */
export function carriedTables(sqlite: Database.Database, schema: "main" | "old"): readonly CarriedTable[] {
  return madeIn(sqlite, schema)
    .filter((made) => made.type === "table" && isCarried(made))
    .map(({ name }) => {
      const columns = sqlite.pragma(`${schema}.table_info(${quoted(name)})`) as { readonly name: string }[];
      return { name, columns: ["rowid", ...columns.map((column) => quoted(column.name))].join(", ") };
    });
}

/** The rows of a table that `where` names, from the old file into the new one. */
export const copyRows = ({ name, columns }: CarriedTable, where = ""): string =>
  `INSERT INTO main.${quoted(name)} (${columns}) SELECT ${columns} FROM old.${quoted(name)} ${where}`;

/** Lets a connection read the old file under the name `old`. */
export function attachOld(sqlite: Database.Database, file: string, key: Uint8Array): void {
  sqlite.prepare(`ATTACH ? AS old KEY "x'${Buffer.from(key).toString("hex")}'"`).run(file);
}

/** Numbers that were given once are not given again. */
export const copyNumbersGiven = "DELETE FROM main.sqlite_sequence; INSERT INTO main.sqlite_sequence SELECT * FROM old.sqlite_sequence";
