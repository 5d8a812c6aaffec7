/** Remembers how to take changes back, so that an operation is applied whole or not at all. */
export type Journal = {
  readonly did: (takeBack: () => void) => void;
  readonly mark: () => number;
  /** Takes back everything since the mark, newest first. */
  readonly rollBack: (mark: number) => void;
};

export function makeJournal(): Journal {
  const steps: (() => void)[] = [];
  return {
    did: (takeBack) => void steps.push(takeBack),
    mark: () => steps.length,
    rollBack(mark) {
      while (steps.length > mark) steps.pop()?.();
    },
  };
}

/** Sets a key, and forgets it or puts the old value back when the change is taken back. */
export function setIn<K, V>(journal: Journal, map: Map<K, V>, key: K, value: V): void {
  const had = map.has(key);
  const before = map.get(key);
  map.set(key, value);
  journal.did(() => (had ? map.set(key, before as V) : map.delete(key)));
}

export function pushTo<T>(journal: Journal, list: T[], ...items: readonly T[]): void {
  const length = list.length;
  list.push(...items);
  journal.did(() => (list.length = length));
}
