import { frozenCopy } from "./frozen-copy.ts";

/** A row that PostgreSQL would have refused; `constraint` has the name that it has there. */
class ConstraintBroken extends Error {
  override readonly name = "ConstraintBroken";
  readonly constraint: string;

  constructor(constraint: string) {
    super(`the row breaks ${constraint}`);
    this.constraint = constraint;
  }
}

/** A value of one or several columns as one text; undefined for a row that an index leaves out. */
type ValueOf<Row> = (row: Row) => string | undefined;

type Rules<Row, UniqueName extends string, IndexName extends string> = {
  /** Name of the primary key in PostgreSQL. */
  readonly primary: string;
  readonly key: (row: Row) => string;
  readonly checks?: Readonly<Record<string, (row: Row) => boolean>>;
  readonly unique?: Readonly<Record<UniqueName, ValueOf<Row>>>;
  readonly indexes?: Readonly<Record<IndexName, ValueOf<Row>>>;
};

type UniqueIndex<Row> = { readonly name: string; readonly valueOf: ValueOf<Row>; readonly rows: Map<string, Row> };
type Index<Row> = { readonly name: string; readonly valueOf: ValueOf<Row>; readonly rows: Map<string, Map<string, Row>> };

/** Takes down how a change is undone. @throws when nobody may change anything now */
export type Journal = (undo: () => void) => void;

/**
 * Rows by their key, with the constraints of the table in PostgreSQL under the same names.
 *
 * A row is copied when it comes and frozen for good: it is replaced, never changed, so that an undo and a backup need only remember it.
 */
export class Table<Row extends object, UniqueName extends string = never, IndexName extends string = never> {
  readonly #rules: Rules<Row, UniqueName, IndexName>;
  readonly #journal: Journal;
  readonly #rows = new Map<string, Row>();
  readonly #checks: readonly (readonly [string, (row: Row) => boolean])[];
  readonly #unique: readonly UniqueIndex<Row>[];
  readonly #indexes: readonly Index<Row>[];

  constructor(journal: Journal, rules: Rules<Row, UniqueName, IndexName>) {
    this.#journal = journal;
    this.#rules = rules;
    this.#checks = Object.entries(rules.checks ?? {});
    this.#unique = Object.entries<ValueOf<Row>>(rules.unique ?? {}).map(([name, valueOf]) => ({ name, valueOf, rows: new Map() }));
    this.#indexes = Object.entries<ValueOf<Row>>(rules.indexes ?? {}).map(([name, valueOf]) => ({ name, valueOf, rows: new Map() }));
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  get size(): number {
    return this.#rows.size;
  }

  all(): readonly Row[] {
    return [...this.#rows.values()];
  }

  find(unique: UniqueName, value: string): Row | undefined {
    return this.#unique.find(({ name }) => name === unique)?.rows.get(value);
  }

  where(index: IndexName, value: string): readonly Row[] {
    const rows = this.#indexes.find(({ name }) => name === index)?.rows.get(value);
    return rows ? [...rows.values()] : [];
  }

  /** @throws ConstraintBroken */
  insert(row: Row): void {
    if (this.#rows.has(this.#rules.key(row))) throw new ConstraintBroken(this.#rules.primary);
    this.put(row);
  }

  /** Inserts the row, or replaces the one of its key. @throws ConstraintBroken */
  put(row: Row): void {
    const key = this.#rules.key(row);
    const before = this.#rows.get(key);
    this.#refuse(row, before);
    this.#change(key, before, frozenCopy(row));
  }

  remove(key: string): void {
    const before = this.#rows.get(key);
    if (before) this.#change(key, before, undefined);
  }

  /** Puts other rows in the place of all that are here, by no transaction: what a backup had. */
  restore(rows: readonly Row[]): void {
    for (const [key, row] of this.#rows) this.#place(key, row, undefined);
    for (const row of rows) this.#place(this.#rules.key(row), undefined, row);
  }

  #refuse(row: Row, before: Row | undefined): void {
    for (const [name, holds] of this.#checks) if (!holds(row)) throw new ConstraintBroken(name);
    for (const { name, valueOf, rows } of this.#unique) {
      const value = valueOf(row);
      const holder = value === undefined ? undefined : rows.get(value);
      if (holder && holder !== before) throw new ConstraintBroken(name);
    }
  }

  #change(key: string, before: Row | undefined, after: Row | undefined): void {
    this.#journal(() => this.#place(key, after, before));
    this.#place(key, before, after);
  }

  #place(key: string, before: Row | undefined, after: Row | undefined): void {
    if (after) this.#rows.set(key, after);
    else this.#rows.delete(key);
    for (const { valueOf, rows } of this.#unique) {
      const [old, fresh] = [before && valueOf(before), after && valueOf(after)];
      if (old !== undefined && old !== fresh) rows.delete(old);
      if (fresh !== undefined && after) rows.set(fresh, after);
    }
    for (const { valueOf, rows } of this.#indexes) {
      const [old, fresh] = [before && valueOf(before), after && valueOf(after)];
      if (old !== undefined && old !== fresh) rows.get(old)?.delete(key);
      if (fresh === undefined || !after) continue;
      const there = rows.get(fresh);
      if (there) there.set(key, after);
      else rows.set(fresh, new Map([[key, after]]));
    }
  }
}
