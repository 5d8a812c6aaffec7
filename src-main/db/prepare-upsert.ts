import { getTableColumns, sql, type InferSelectModel } from "drizzle-orm";
import type { SQLiteColumn, SQLiteInsertValue, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { StationDatabase } from "./open-database.ts";

/**
 * Puts whole rows in the place of those with the same key, by a statement that is prepared once: building its text takes several times as
 * long as running it, and a page of the feed puts thousands.
 *
 * @param row has a value for every column of the table
 */
export function prepareUpsert<Table extends SQLiteTable>(
  { db }: Pick<StationDatabase, "db">,
  table: Table,
  ...key: [SQLiteColumn, ...SQLiteColumn[]]
): (row: InferSelectModel<Table>) => void {
  const columns = Object.entries(getTableColumns(table));
  const values = Object.fromEntries(columns.map(([name]) => [name, sql.placeholder(name)])) as SQLiteInsertValue<Table>;
  const set = Object.fromEntries(columns.map(([name, column]) => [name, sql`excluded.${sql.identifier(column.name)}`]));
  const statement = db
    .insert(table)
    .values(values)
    .onConflictDoUpdate({ target: key, set: set as never })
    .prepare();
  return (row) => void statement.run(row);
}
