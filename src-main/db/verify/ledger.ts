import type Database from "better-sqlite3";
import type { Damage } from "#main/app/ports/upkeep.ts";
import type { GrantRecord } from "#shared/contracts/sync/feed.ts";
import type { StationIdentity } from "#main/app/ports/exchange-store.ts";
import { rightOf } from "#shared/domain/ledger/lots.ts";
import type { Check } from "./damage.ts";
import { authorOf, meaningOf, storedOperations } from "./stored-operations.ts";

type Entry = { readonly lotId: string; readonly memberId: string; readonly holder: string; readonly amount: number };
const keyOf = ({ lotId, memberId, holder, amount }: Entry): string => `${lotId} ${memberId} ${holder} ${amount}`;

/** Every operation and every grant has the entries that follow from it, all of them and no others. */
export const wrongEntries: Check = (sqlite) => {
  const author = authorOf(sqlite);
  if (!author) return [];
  const ofCause = sqlite.prepare(
    "SELECT lot_id AS lotId, member_id AS memberId, holder, amount FROM ledger_entry WHERE op_id = ? ORDER BY line",
  );
  const damaged: Damage[] = [];
  const causes = new Set<string>();
  const compare = (opId: string, expected: readonly Entry[]): void => {
    causes.add(opId);
    const found = ofCause.all(opId) as Entry[];
    if (found.map(keyOf).join() !== expected.map(keyOf).join()) damaged.push({ table: "ledger_entry", id: opId });
  };
  for (const { op } of storedOperations(sqlite, author)) {
    const read = meaningOf(op);
    // Bytes that cannot be read are the chain's damage; what they did to the ledger nobody can say.
    if (read)
      compare(
        op.opId,
        read.meaning.effects.flatMap((effect) => (effect.kind === "move" ? linesOf(effect) : [])),
      );
    else causes.add(op.opId);
  }
  for (const grant of appliedGrants(sqlite)) compare(grant.opId, linesOfGrant(grant));
  for (const opId of grantsOfEarlierLives(sqlite, author)) causes.add(opId);
  const written = sqlite.prepare("SELECT DISTINCT op_id FROM ledger_entry").pluck().all() as string[];
  return [...damaged, ...written.filter((opId) => !causes.has(opId)).map((id) => ({ table: "ledger_entry", id }))];
};

/** With a life its grants are forgotten; what they moved stays in the entries, and balances by itself. */
const grantsOfEarlierLives = (sqlite: Database.Database, { earlierLives }: StationIdentity): readonly string[] => {
  const granted = sqlite.prepare("SELECT DISTINCT op_id FROM ledger_entry WHERE holder = ? AND amount > 0").pluck();
  return earlierLives.flatMap(({ incarnation }) => granted.all(rightOf(incarnation)) as string[]);
};

type Move = { readonly lotId: string; readonly memberId: string; readonly from: string; readonly to: string; readonly points: number };
const linesOf = ({ lotId, memberId, from, to, points }: Move): readonly Entry[] => [
  { lotId, memberId, holder: from, amount: -points },
  { lotId, memberId, holder: to, amount: points },
];

const linesOfGrant = ({ memberId, incarnation, lines }: GrantRecord): readonly Entry[] =>
  lines.flatMap(({ lotId, points }) => linesOf({ lotId, memberId, from: "POOL", to: rightOf(incarnation), points }));

const appliedGrants = (sqlite: Database.Database): readonly GrantRecord[] =>
  (sqlite.prepare("SELECT record FROM grant_in WHERE is_applied = 1 ORDER BY gno").pluck().all() as string[]).map(
    (record) => JSON.parse(record) as GrantRecord,
  );

/** What is moved leaves one account and reaches another: per cause and per lot the amounts are nothing. */
export const unbalanced: Check = (sqlite) => [
  ...(sqlite.prepare("SELECT op_id AS id FROM ledger_entry GROUP BY op_id HAVING sum(amount) <> 0").all() as { id: string }[]).map(
    ({ id }) => ({
      table: "ledger_entry",
      id,
    }),
  ),
  ...(sqlite.prepare("SELECT lot_id AS id FROM ledger_entry GROUP BY lot_id HAVING sum(amount) <> 0").all() as { id: string }[]).map(
    ({ id }) => ({
      table: "lot",
      id,
    }),
  ),
];

/** What this station may spend is the fold of the entries of its own right, lot by lot and under the lot's member. */
export const wrongRights: Check = (sqlite) => {
  const author = authorOf(sqlite);
  if (!author) return [];
  const found = sqlite
    .prepare(
      `SELECT coalesce(e.lot_id, r.lot_id) AS id
       FROM (SELECT lot_id, sum(amount) AS points FROM ledger_entry WHERE holder = ? GROUP BY lot_id) AS e
       FULL JOIN right_held AS r ON r.lot_id = e.lot_id
       LEFT JOIN lot ON lot.lot_id = coalesce(e.lot_id, r.lot_id)
       WHERE coalesce(e.points, 0) <> coalesce(r.points, 0) OR r.points < 0 OR (r.lot_id IS NOT NULL AND r.member_id IS NOT lot.member_id)`,
    )
    .all(rightOf(author.incarnation)) as { id: string }[];
  return found.map(({ id }) => ({ table: "right_held", id }));
};

/** What waits for the end of a redemption was somebody's right before: no lot has more taken from the hold than was put there. */
export const wrongHolds: Check = (sqlite) =>
  (
    sqlite
      .prepare("SELECT lot_id AS id FROM ledger_entry WHERE holder LIKE 'HELD:%' GROUP BY holder, lot_id HAVING sum(amount) < 0")
      .all() as { id: string }[]
  ).map(({ id }) => ({ table: "lot", id }));

/** Grants are applied in their order without a gap, up to where the station says it is. */
export const wrongGrants: Check = (sqlite) => {
  const upTo = Number((sqlite.prepare("SELECT value FROM meta WHERE key = 'appliedGno'").pluck().get() as Buffer | undefined) ?? 0);
  const grants = sqlite.prepare("SELECT gno, is_applied AS isApplied FROM grant_in").all() as { gno: number; isApplied: number }[];
  const there = new Set(grants.map(({ gno }) => gno));
  const wrong = grants.filter(({ gno, isApplied }) => (isApplied === 1) !== gno <= upTo).map(({ gno }) => gno);
  const missing = Array.from({ length: upTo }, (_, i) => i + 1).filter((gno) => !there.has(gno));
  return [...wrong, ...missing].map((gno) => ({ table: "grant_in", id: String(gno) }));
};

/** What was undone is noted once, with the operation that undid it. */
export const wrongUndoings: Check = (sqlite) => {
  const author = authorOf(sqlite);
  if (!author) return [];
  const noted = new Map(
    (sqlite.prepare("SELECT undone_op_id AS undone, op_id AS opId FROM undo").all() as { undone: string; opId: string }[]).map(
      ({ undone, opId }) => [undone, opId],
    ),
  );
  const damaged: Damage[] = [];
  for (const { op } of storedOperations(sqlite, author)) {
    for (const effect of meaningOf(op)?.meaning.effects ?? []) {
      if (effect.kind !== "undo") continue;
      if (noted.get(effect.undoes) !== op.opId) damaged.push({ table: "undo", id: effect.undoes });
      noted.delete(effect.undoes);
    }
  }
  return [...damaged, ...[...noted.keys()].map((id) => ({ table: "undo", id }))];
};
