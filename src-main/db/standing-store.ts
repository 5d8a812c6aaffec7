import type { Written } from "#main/app/ports/mirror.ts";
import type { Change, Store } from "#main/app/ports/store.ts";
import type { StationDatabase } from "./open-database.ts";

type Opened = { readonly database: StationDatabase; readonly store: Store };
type Parts = {
  readonly first: StationDatabase;
  readonly open: () => StationDatabase;
  readonly storeOn: (database: StationDatabase) => Store;
};

/** A store whose file may be exchanged for another while whoever listens to it goes on listening. */
export type StandingStore = {
  readonly store: Store;
  readonly database: () => StationDatabase;
  /** Closes the file, lets `work` put another in its place, and opens whichever stands there afterwards, even if `work` throws. */
  readonly reopen: (work: () => void) => void;
};

export function makeStandingStore({ first, open, storeOn }: Parts): StandingStore {
  const listeners = new Set<(change: Change) => void>();
  const keepers = new Set<(written: Written) => void>();
  let opened = openedOn(first);

  function openedOn(database: StationDatabase): Opened {
    const store = storeOn(database);
    store.onCommit((written) => {
      for (const keep of keepers) keep(written);
    });
    store.onChange((change) => {
      for (const listener of listeners) listener(change);
    });
    return { database, store };
  }

  return {
    database: () => opened.database,
    reopen: (work) => {
      opened.store.close();
      try {
        work();
      } finally {
        opened = openedOn(open());
      }
    },
    store: {
      write: (work) => opened.store.write(work),
      read: (work) => opened.store.read(work),
      exchange: (work) => opened.store.exchange(work),
      hear: (work) => opened.store.hear(work),
      repair: (work) => opened.store.repair(work),
      onCommit: (keep) => void keepers.add(keep),
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      tidy: () => opened.store.tidy(),
      dropDeleted: () => opened.store.dropDeleted(),
      close: () => opened.store.close(),
    },
  };
}
