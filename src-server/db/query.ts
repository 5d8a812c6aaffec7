/** Asks the database inside the current transaction. Values travel beside the text, never in it. */
export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/**
 * Asks about rows that are handed over in arrays, as `columns` makes them. About none there is nothing to ask: most batches touch few of the
 * tables, and a way to the database and back costs as much as many rows.
 */
export const askAbout = async <Row>(
  query: Query,
  text: string,
  rows: readonly [readonly unknown[], ...unknown[]],
): Promise<readonly Row[]> => (rows[0].length === 0 ? [] : query<Row>(text, rows));

/** One array per column, as `unnest` takes them: a batch is one statement, however many rows it has. */
export function columns<Row extends object>(
  rows: readonly Row[],
  ...[first, ...others]: readonly [keyof Row, ...(keyof Row)[]]
): [unknown[], ...unknown[][]] {
  const column = (name: keyof Row): unknown[] => rows.map((row) => row[name] ?? null);
  return [column(first), ...others.map(column)];
}
