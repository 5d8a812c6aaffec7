import { makeTables, type Tables } from "./tables.ts";

/** All rows as they were; the rows themselves are shared with the tables. */
type Backup = ReadonlyMap<string, readonly object[]>;

/** One transaction's time with the tables. Whichever end comes first counts. */
type Turn = {
  readonly isOver: () => boolean;
  readonly commit: () => void;
  /** Takes back whatever was changed. */
  readonly undo: () => void;
};

/**
 * What stays of head office when its processes die: the tables, in memory. Transactions have them one after the other, in the order in
 * which they came, so that a run is repeated by its seed; what several at once may do to each other is PostgreSQL's to show.
 */
export type MemoryDatabase = {
  readonly tables: Tables;
  readonly begin: (mode: "read" | "write") => Promise<Turn>;
  readonly backup: () => Backup;
  /** Puts a backup back: all that came later is lost. The processes must have ended. */
  readonly restore: (backup: Backup) => void;
};

export function makeMemoryDatabase(): MemoryDatabase {
  let changes: (() => void)[] | undefined;
  let isTaken = false;
  const waiting: (() => void)[] = [];
  const tables = makeTables((undo) => {
    if (!changes) throw new Error("nothing can be changed in a read-only transaction");
    changes.push(undo);
  });
  const byName = Object.entries(tables) as readonly (readonly [string, RestorableTable])[];

  /** The next one has its turn without a gap in which somebody else could come first. */
  function leave(): void {
    changes = undefined;
    const next = waiting.shift();
    if (next) next();
    else isTaken = false;
  }

  return {
    tables,
    async begin(mode) {
      if (isTaken) await new Promise<void>((resolve) => waiting.push(resolve));
      isTaken = true;
      const own: (() => void)[] = [];
      changes = mode === "write" ? own : undefined;
      let isOver = false;
      const end = (): boolean => {
        const isFirst = !isOver;
        isOver = true;
        return isFirst;
      };
      return {
        isOver: () => isOver,
        commit() {
          if (end()) leave();
        },
        undo() {
          if (!end()) return;
          for (const undo of own.toReversed()) undo();
          leave();
        },
      };
    },
    backup: () => new Map(byName.map(([name, table]) => [name, table.all()])),
    restore(backup) {
      if (isTaken) throw new Error("a process of head office is still at work");
      for (const [name, table] of byName) table.restore(backup.get(name) ?? []);
    },
  };
}

type RestorableTable = { readonly all: () => readonly object[]; readonly restore: (rows: readonly object[]) => void };
