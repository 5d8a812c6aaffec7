import type { MirrorContents } from "#main/app/ports/mirror.ts";
import type { Damage } from "#main/app/ports/upkeep.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";

/** What of the second copy is not as the log is, by the name under which a verification says so. */
export const journalDamage = {
  empty: "journal",
  missing: "journal.missing",
  differs: "journal.differs",
  unreadable: "journal.file",
} as const;

type Logged = { readonly op: StoredOperation };

/**
 * Holds a station's log against its mirror journal, byte by byte: the day on which the journal is needed is too late to learn that it has
 * holes. What the journal has beyond the log is no damage; the next start puts it back. Nor is a file that does not open where all of the log
 * lies in the others: a change of the key leaves such files, and a whole new journal behind them.
 *
 * @param log from its beginning
 */
export function compareJournal(log: Iterable<Logged>, { operations, damaged, unopened }: MirrorContents): readonly Damage[] {
  // A journal may hold two histories under one number: it is enough that ours is among them.
  const kept = Map.groupBy(operations, numberOf);
  const lost: Damage[] = [];
  for (const { op } of log) {
    const copies = kept.get(numberOf(op)) ?? [];
    if (copies.some((copy) => isSame(copy, op))) continue;
    lost.push({ table: copies.length === 0 ? journalDamage.missing : journalDamage.differs, id: op.opId });
  }
  const files = damaged.filter((name) => lost.length > 0 || !unopened.includes(name));
  return [...files.map((id) => ({ table: journalDamage.unreadable, id })), ...lost];
}

const numberOf = ({ incarnation, seq }: StoredOperation): string => `${incarnation}/${seq}`;

const isSame = (a: StoredOperation, b: StoredOperation): boolean =>
  isEqual(a.hash, b.hash) && isEqual(a.prev, b.prev) && isEqual(a.body, b.body) && hasSameWords(a, b);

/** Of somebody who was forgotten one of the two may have a digest already; the hash of the operation covers what it is of. */
const hasSameWords = (a: StoredOperation, b: StoredOperation): boolean =>
  a.personalDigest !== undefined || b.personalDigest !== undefined || isEqual(a.personal, b.personal);

function isEqual(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
