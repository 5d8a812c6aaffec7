import type Database from "better-sqlite3";

type Column = { readonly name: string; readonly type: string; readonly pk: number };
type Row = Readonly<Record<string, unknown>>;

/** Tables of ours, by what the file itself says of them. */
export const tablesOf = (sqlite: Database.Database): readonly string[] =>
  sqlite
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all() as string[];

const columnsOf = (sqlite: Database.Database, table: string): readonly Column[] =>
  sqlite.prepare("SELECT name, upper(type) AS type, pk FROM pragma_table_info(?)").all(table) as Column[];

/** Puts rows into every table, whatever tables there are; a row points to the row of the same number in another table. */
export function fillTables(sqlite: Database.Database, rowsEach: number): void {
  sqlite.pragma("foreign_keys = OFF");
  for (const table of tablesOf(sqlite)) {
    const columns = columnsOf(sqlite, table);
    const pointers = new Map(
      (
        sqlite.prepare('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)').all(table) as {
          from: string;
          table: string;
          to: string;
        }[]
      ).map((key) => [key.from, key]),
    );
    const insert = sqlite.prepare(
      `INSERT INTO "${table}" (${columns.map(({ name }) => `"${name}"`).join()}) VALUES (${columns.map(() => "?").join()})`,
    );
    for (let n = 1; n <= rowsEach; n += 1)
      insert.run(
        columns.map((column) => {
          const pointer = pointers.get(column.name);
          return pointer ? valueOf(pointer.table, { ...column, name: pointer.to }, n) : valueOf(table, column, n);
        }),
      );
  }
  const loose = sqlite.pragma("foreign_key_check") as unknown[];
  if (loose.length > 0) throw new Error(`the filler points to nothing: ${JSON.stringify(loose)}`);
  sqlite.pragma("foreign_keys = ON");
}

/** A value that names where it is from. */
function valueOf(table: string, { name, type }: Column, n: number): unknown {
  if (type.includes("INT")) return n;
  if (type.includes("BLOB")) return Buffer.from(`${table}.${name} ${n}`);
  if (type === "REAL" || type === "NUMERIC") return n / 2;
  return `${table}.${name} ${n}`;
}

/** All rows of all tables, in an order that follows from the values. */
export const rowsOf = (sqlite: Database.Database): ReadonlyMap<string, readonly Row[]> =>
  new Map(tablesOf(sqlite).map((table) => [table, inOrder(sqlite.prepare(`SELECT * FROM "${table}"`).all() as Row[])]));

const inOrder = (rows: readonly Row[]): readonly Row[] =>
  rows
    .map((row) => ({ row, key: JSON.stringify(row) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);

/** What of the earlier rows is to be compared with later ones: the columns that both have. */
export const commonColumns = (rows: readonly Row[], others: readonly Row[]): readonly Row[] => {
  const [other = {}] = others;
  return inOrder(rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => column in other))));
};
