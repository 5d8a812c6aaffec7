import type { GrantRecord } from "#shared/contracts/sync/feed.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import type { EarlierLife } from "#main/app/ports/exchange-store.ts";
import type { MirrorContents, StationFacts } from "#main/app/ports/mirror.ts";
import type { Repairing } from "#main/app/ports/repairing.ts";
import type { Store } from "#main/app/ports/store.ts";

/** So many operations are put back in one transaction. */
const operationsAtOnce = 500;

type PastLife = Pick<EarlierLife, "incarnation" | "forkedAt" | "forkedFrom"> & { readonly operations: number | undefined };

/**
 * Puts back into a database what the mirror journal has and it has not: operation by operation, each held against the chain, with grants
 * before what may have spent them. An empty database becomes the station that the journal knows.
 *
 * @returns how many operations were put back; 0 also for a database of another history than the journal's
 */
export function replayJournal(store: Store, contents: MirrorContents): number {
  const { facts } = contents;
  if (!facts) return 0;
  const { earlierLives, incarnation, forkedFrom } = facts.identity;
  const lives: readonly PastLife[] = [...earlierLives, { incarnation, operations: undefined, ...(forkedFrom && { forkedFrom }) }];
  const following = makeFollowing(contents.operations);
  const reached = store.repair((tx) => joinLives(tx, facts, lives));
  if (reached === undefined) return 0;

  let replayed = 0;
  for (const [i, life] of lives.entries()) {
    if (i < reached) continue;
    if (i > reached) store.repair((tx) => tx.beginLife(life.incarnation, begunAs(life, lives[i - 1])));
    const isPast = i < lives.length - 1;
    store.repair((tx) => replayGrants(tx, contents.grants, life.incarnation));
    for (;;) {
      const count = store.repair((tx) => replaySome(tx, following, life, isPast));
      replayed += count;
      if (count === 0) break;
    }
    // Where an earlier life cannot be put back whole, the ones after it would stand on nothing.
    if (isPast && store.repair((tx) => tx.head().seq) !== life.operations) return replayed;
  }
  store.repair((tx) => tx.putFacts(facts));
  return replayed;
}

const begunAs = ({ forkedFrom }: PastLife, before: PastLife | undefined) => ({
  ...(before?.forkedAt !== undefined && { forkedAt: before.forkedAt }),
  ...(forkedFrom && { forkedFrom }),
});

/** @returns which of the journal's lives the database is in; undefined when it is in none of them */
function joinLives(tx: Repairing, facts: StationFacts, lives: readonly PastLife[]): number | undefined {
  const first = lives[0];
  const own = tx.identity();
  if (!own) {
    const { forkedFrom: _, ...identity } = facts.identity;
    if (first) tx.putFacts({ ...facts, identity: { ...identity, incarnation: first.incarnation, earlierLives: [] } });
    return 0;
  }
  const isPrefix = own.earlierLives.every(
    ({ incarnation, operations }, i) => lives[i]?.incarnation === incarnation && lives[i]?.operations === operations,
  );
  const at = own.earlierLives.length;
  return isPrefix && lives[at]?.incarnation === own.incarnation ? at : undefined;
}

function replayGrants(tx: Repairing, grants: readonly GrantRecord[], incarnation: string): void {
  for (const grant of grants) if (grant.incarnation === incarnation) tx.replayGrant(grant);
}

function replaySome(tx: Repairing, following: Following, { operations }: PastLife, isPast: boolean): number {
  const incarnation = tx.identity()?.incarnation ?? "";
  for (let count = 0; count < operationsAtOnce; count += 1) {
    const { seq, hash } = tx.head();
    const next = seq === operations ? undefined : following(incarnation, seq + 1, hash);
    if (!next) return count;
    tx.replay(next, isPast);
  }
  return operationsAtOnce;
}

type Following = (incarnation: string, seq: number, prev: Uint8Array) => StoredOperation | undefined;

/** Finds an operation by what it follows: a journal may hold two histories under one number, and doubles. */
function makeFollowing(operations: readonly StoredOperation[]): Following {
  const byNumber = Map.groupBy(operations, ({ incarnation, seq }) => `${incarnation}/${seq}`);
  return (incarnation, seq, prev) => byNumber.get(`${incarnation}/${seq}`)?.find((operation) => isEqual(operation.prev, prev));
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
