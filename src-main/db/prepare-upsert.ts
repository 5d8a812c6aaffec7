import { getTableColumns, getTableName, type InferSelectModel } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { StationDatabase } from "./open-database.ts";

type Row<Table extends SQLiteTable> = InferSelectModel<Table>;

const quoted = ({ name }: SQLiteColumn): string => `"${name}"`;

/**
 * Puts whole rows in the place of those with the same key, by a statement that is prepared once and given its values directly: building its
 * text takes several times as long as running it, finding the values for the builder's placeholders as long again, and a page of the feed puts
 * thousands.
 *
 * @param row has a value for every column of the table
 */
export function prepareUpsert<Table extends SQLiteTable>(
  database: Pick<StationDatabase, "sqlite">,
  table: Table,
  ...key: [SQLiteColumn, ...SQLiteColumn[]]
): (row: Row<Table>) => void {
  const set = Object.values(getTableColumns(table)).map((column) => `${quoted(column)} = excluded.${quoted(column)}`);
  const put = prepareInsert(database, table, `ON CONFLICT (${key.map(quoted).join(", ")}) DO UPDATE SET ${set.join(", ")}`);
  return (row) => void put(row);
}

/** Puts rows that nobody stands in the way of, likewise. @returns of the statement: false, and nothing done, where somebody does */
export function prepareAdd<Table extends SQLiteTable>(
  database: Pick<StationDatabase, "sqlite">,
  table: Table,
): (row: Row<Table>) => boolean {
  const put = prepareInsert(database, table, "ON CONFLICT DO NOTHING");
  return (row) => put(row) > 0;
}

/** @returns of the statement: how many rows it changed */
function prepareInsert<Table extends SQLiteTable>(
  { sqlite }: Pick<StationDatabase, "sqlite">,
  table: Table,
  onConflict: string,
): (row: Row<Table>) => number {
  const columns: readonly [string, SQLiteColumn][] = Object.entries(getTableColumns(table));
  const names = columns.map(([, column]) => quoted(column)).join(", ");
  const places = columns.map(() => "?").join(", ");
  const statement = sqlite.prepare(`INSERT INTO "${getTableName(table)}" (${names}) VALUES (${places}) ${onConflict}`);
  return (row) => statement.run(columns.map(([name, column]) => stored(column, row[name as keyof Row<Table>]))).changes;
}

/** @throws TypeError for a column that was left out: a row without one is no whole row */
function stored(column: SQLiteColumn, value: unknown): unknown {
  if (value === undefined) throw new TypeError(`a row without its ${column.name}`);
  return value === null ? null : column.mapToDriverValue(value);
}
