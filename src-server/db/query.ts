/** Asks the database inside the current transaction. Values travel beside the text, never in it. */
export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** One array per column, as `unnest` takes them: a batch is one statement, however many rows it has. */
export function columns<Row extends object>(rows: readonly Row[], ...names: readonly (keyof Row)[]): unknown[][] {
  return names.map((name) => rows.map((row) => row[name] ?? null));
}
