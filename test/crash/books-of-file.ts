import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import { hashBehind } from "#shared/domain/operations/encode.ts";
import type { Operation, StoredOperation } from "#shared/domain/operations/operation.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { sha256 } from "#main/db/sha256.ts";
import type { StationCore } from "#main/station-core.ts";
import { migrationsFolder } from "#test/support/counter.ts";
import { dataKey } from "./crash-station.ts";

type Entry = { readonly opId: string; readonly lotId: string; readonly holder: string; readonly amount: number };
type Right = { readonly lotId: string; readonly points: number };

/** The log and the ledger of a station's file, read beside the program. */
export type FileBooks = {
  readonly operations: readonly StoredOperation[];
  readonly entries: readonly Entry[];
  readonly grants: readonly string[];
  readonly rights: readonly Right[];
  readonly incarnation: string;
};

export function readFileBooks(station: StationCore, file: string): FileBooks {
  const everything = { maxOperations: 1_000_000, maxBytes: Number.MAX_SAFE_INTEGER };
  const { operations } = station.ports.store.exchange((tx) => tx.outbox(0, everything));
  const { sqlite } = openDatabase(file, dataKey, migrationsFolder);
  try {
    const all = <Row>(statement: string): readonly Row[] => sqlite.prepare(statement).all() as Row[];
    return {
      operations,
      entries: all<Entry>("SELECT op_id AS opId, lot_id AS lotId, holder, amount FROM ledger_entry ORDER BY op_id, line"),
      grants: all<{ opId: string }>("SELECT op_id AS opId FROM grant_in WHERE is_applied = 1").map(({ opId }) => opId),
      rights: all<Right>("SELECT lot_id AS lotId, points FROM right_held WHERE points > 0"),
      incarnation: station.ports.store.read((view) => view.identity())?.incarnation ?? "",
    };
  } finally {
    sqlite.close();
  }
}

/** What is wrong with the books of a file, in words; nothing when log, chain, entries and rights say the same. */
export function faultsOf({ operations, entries, grants, rights, incarnation }: FileBooks): readonly string[] {
  return [
    ...chainFaults(operations),
    ...entryFaults(operations, entries),
    ...strayEntries(operations, grants, entries),
    ...rightFaults(entries, rights, `RIGHT:${incarnation}`),
  ];
}

function chainFaults(operations: readonly StoredOperation[]): readonly string[] {
  return operations.flatMap((op, i) => {
    const before = operations[i - 1];
    const isNext = op.seq === i + 1 && (!before || Buffer.compare(op.prev, before.hash) === 0);
    const isItself = Buffer.compare(hashBehind(sha256, op.prev, op), op.hash) === 0;
    return isNext && isItself ? [] : [`the chain breaks at ${op.seq}`];
  });
}

const key = ({ lotId, holder, amount }: Omit<Entry, "opId">): string => `${lotId} ${holder} ${amount}`;

/** Every operation has the entries that follow from its bytes, all of them and no others. */
function entryFaults(operations: readonly StoredOperation[], entries: readonly Entry[]): readonly string[] {
  const written = Map.groupBy(entries, ({ opId }) => opId);
  return operations.flatMap((op) => {
    const found = (written.get(op.opId) ?? []).map(key);
    const expected = entriesOf(op).map(key);
    return found.join() === expected.join()
      ? []
      : [`operation ${op.seq} (${op.type}) has entries [${found.join()}], not [${expected.join()}]`];
  });
}

function entriesOf(op: StoredOperation): readonly Omit<Entry, "opId">[] {
  const read = readBytes(op, op);
  const meaning = read.ok ? effectsOf(read.value satisfies Operation) : read;
  if (!meaning.ok) throw new Error(`operation ${op.seq} cannot be read: ${meaning.error.field}`);
  return meaning.value.effects.flatMap((effect) =>
    effect.kind === "move"
      ? [
          { lotId: effect.lotId, holder: effect.from, amount: -effect.points },
          { lotId: effect.lotId, holder: effect.to, amount: effect.points },
        ]
      : [],
  );
}

function strayEntries(operations: readonly StoredOperation[], grants: readonly string[], entries: readonly Entry[]): readonly string[] {
  const causes = new Set([...operations.map(({ opId }) => opId), ...grants]);
  return entries.filter(({ opId }) => !causes.has(opId)).map(({ opId }) => `entries without an operation: ${opId}`);
}

/** What the station may spend is the sum of the entries of its own right. */
function rightFaults(entries: readonly Entry[], rights: readonly Right[], own: string): readonly string[] {
  const sums = new Map<string, number>();
  for (const { lotId, holder, amount } of entries) if (holder === own) sums.set(lotId, (sums.get(lotId) ?? 0) + amount);
  const held = new Map(rights.map(({ lotId, points }) => [lotId, points]));
  const lots = new Set([...sums.keys(), ...held.keys()]);
  return [...lots]
    .filter((lotId) => (sums.get(lotId) ?? 0) !== (held.get(lotId) ?? 0))
    .map((lotId) => `lot ${lotId}: ${held.get(lotId) ?? 0} held, ${sums.get(lotId) ?? 0} by its entries`);
}
