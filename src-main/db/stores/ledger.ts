import { and, eq, gt, lt, notInArray, sql, type SQL } from "drizzle-orm";
import type { GrantRecord } from "#shared/contracts/sync/feed.ts";
import { rightOf, type HeldLot, type Holder } from "#shared/domain/ledger/lots.ts";
import type { StationDatabase } from "../open-database.ts";
import { grantIn, isUnsettled, ledgerEntry, lot, operation, operationState, right } from "../schema.ts";
import type { Meta } from "./meta.ts";

export function makeLedger({ db }: StationDatabase, meta: Meta) {
  const heldOf = db
    .select({ points: right.points })
    .from(right)
    .where(eq(right.lotId, sql.placeholder("lotId")))
    .prepare();
  const heldOfMember = db
    .select({ lotId: right.lotId, points: right.points, earnedOn: lot.earnedOn, expiresOn: lot.expiresOn })
    .from(right)
    .innerJoin(lot, eq(lot.lotId, right.lotId))
    .where(and(eq(right.memberId, sql.placeholder("memberId")), gt(right.points, 0)))
    .prepare();
  const insertLot = db
    .insert(lot)
    .values({
      lotId: sql.placeholder("lotId"),
      memberId: sql.placeholder("memberId"),
      earnedOn: sql.placeholder("earnedOn"),
      expiresOn: sql.placeholder("expiresOn"),
    })
    .onConflictDoNothing()
    .prepare();
  const endLot = db
    .update(lot)
    .set({ expiresOn: sql`${sql.placeholder("expiresOn")}` })
    .where(and(eq(lot.lotId, sql.placeholder("lotId")), sql`${lot.expiresOn} IS NOT ${sql.placeholder("expiresOn")}`))
    .prepare();
  const insertEntry = db
    .insert(ledgerEntry)
    .values({
      opId: sql.placeholder("opId"),
      line: sql.placeholder("line"),
      lotId: sql.placeholder("lotId"),
      memberId: sql.placeholder("memberId"),
      holder: sql.placeholder("holder"),
      amount: sql.placeholder("amount"),
      eventDate: sql.placeholder("eventDate"),
    })
    .prepare();
  const addRight = db
    .insert(right)
    .values({ lotId: sql.placeholder("lotId"), memberId: sql.placeholder("memberId"), points: 0 })
    .onConflictDoNothing()
    .prepare();
  const moveRight = db
    .update(right)
    .set({ points: sql`${right.points} + ${sql.placeholder("change")}` })
    .where(eq(right.lotId, sql.placeholder("lotId")))
    .prepare();

  const unspentPoints = sql<number>`coalesce(sum(CASE WHEN ${ledgerEntry.holder} = 'POOL' OR ${ledgerEntry.holder} LIKE 'RIGHT:%' OR ${ledgerEntry.holder} LIKE 'HELD:%' THEN ${ledgerEntry.amount} ELSE 0 END), 0)`;
  const unsettledOfOwner = db
    .select({ points: unspentPoints })
    .from(operationState)
    .innerJoin(operation, eq(operation.seq, operationState.seq))
    .innerJoin(ledgerEntry, eq(ledgerEntry.opId, operation.opId))
    .where(and(eq(ledgerEntry.memberId, sql.placeholder("ownerId")), isUnsettled))
    .prepare();
  const unsettledLots = db
    .select({
      lotId: ledgerEntry.lotId,
      expiresOn: lot.expiresOn,
      points: unspentPoints,
      isOpenedHere: sql<number>`max(${ledgerEntry.holder} = 'ISSUED')`,
    })
    .from(operationState)
    .innerJoin(operation, eq(operation.seq, operationState.seq))
    .innerJoin(ledgerEntry, eq(ledgerEntry.opId, operation.opId))
    .innerJoin(lot, eq(lot.lotId, ledgerEntry.lotId))
    // What an operation moves of another owner, such as a budget, is not the member's.
    .where(and(eq(operationState.memberId, sql.placeholder("memberId")), eq(ledgerEntry.memberId, operationState.memberId), isUnsettled))
    .groupBy(ledgerEntry.lotId)
    .prepare();

  const insertGrant = db
    .insert(grantIn)
    .values({ gno: sql.placeholder("gno"), opId: sql.placeholder("opId"), record: sql.placeholder("record"), isApplied: false })
    .onConflictDoNothing()
    .prepare();
  const findGrant = db
    .select()
    .from(grantIn)
    .where(eq(grantIn.gno, sql.placeholder("gno")))
    .prepare();
  const markApplied = db
    .update(grantIn)
    .set({ isApplied: true })
    .where(eq(grantIn.gno, sql.placeholder("gno")))
    .prepare();

  const openLot = (opened: { lotId: string; memberId: string; earnedOn: string; expiresOn: string | null }): void => {
    insertLot.run(opened);
  };

  /** Writes the two lines of a movement; the account of our own right follows, and its check refuses what is not held. */
  function move(
    own: Holder | undefined,
    at: { opId: string; line: number; eventDate: string },
    { lotId, memberId, from, to, points }: { lotId: string; memberId: string; from: Holder; to: Holder; points: number },
  ): void {
    const { opId, line, eventDate } = at;
    insertEntry.run({ opId, line, lotId, memberId, holder: from, amount: -points, eventDate });
    insertEntry.run({ opId, line: line + 1, lotId, memberId, holder: to, amount: points, eventDate });
    const change = (to === own ? points : 0) - (from === own ? points : 0);
    if (change === 0) return;
    addRight.run({ lotId, memberId });
    moveRight.run({ lotId, change });
  }

  function applyGrant(grant: GrantRecord): void {
    const own = rightOf(grant.incarnation);
    for (const [i, line] of grant.lines.entries()) {
      openLot({ ...line, memberId: grant.memberId });
      move(
        own,
        { opId: grant.opId, line: i * 2, eventDate: line.earnedOn },
        { lotId: line.lotId, memberId: grant.memberId, from: "POOL", to: own, points: line.points },
      );
    }
  }

  /** What is held, member by member, as far as the condition is met. */
  const byMember = (condition?: SQL) => {
    const rows = db
      .select({ memberId: right.memberId, lotId: right.lotId, points: right.points, earnedOn: lot.earnedOn, expiresOn: lot.expiresOn })
      .from(right)
      .innerJoin(lot, eq(lot.lotId, right.lotId))
      .where(and(gt(right.points, 0), condition))
      .all();
    return [...Map.groupBy(rows, (row) => row.memberId)].map(([memberId, lots]) => ({ memberId, lots }));
  };

  return {
    openLot,
    /** Head office says when lots end: one that lapsed for want of visits ends before its own last day, until a visit is heard of after all. */
    hearLastDays: (lots: readonly { readonly lotId: string; readonly expiresOn: string | null }[]): void => {
      for (const { lotId, expiresOn } of lots) endLot.run({ lotId, expiresOn });
    },
    move,
    /** @param items limited benefits: a share of one is nobody's points */
    heldSum: (items: readonly string[]): { readonly points: number; readonly members: number } =>
      db
        .select({ points: sql<number>`coalesce(sum(${right.points}), 0)`, members: sql<number>`count(DISTINCT ${right.memberId})` })
        .from(right)
        .where(and(gt(right.points, 0), notInArray(right.memberId, [...items])))
        .get() ?? { points: 0, members: 0 },
    heldOf: (lotId: string): number => heldOf.get({ lotId })?.points ?? 0,
    /** What unsettled operations change of each lot, and which lots head office has not heard of. */
    unsettledLots: (memberId: string) =>
      unsettledLots.all({ memberId }).map(({ isOpenedHere, ...line }) => ({ ...line, isOpenedHere: isOpenedHere === 1 })),
    /** What unsettled operations change of the lots of one owner, whoever they are about. */
    unsettledOfOwner: (ownerId: string): number => unsettledOfOwner.get({ ownerId })?.points ?? 0,
    heldOfMember: (memberId: string): readonly HeldLot[] => heldOfMember.all({ memberId }),
    lapsed: (today: string) => byMember(lt(lot.expiresOn, today)),
    heldByMember: () => byMember(),
    allRights: () => db.select({ lotId: right.lotId, points: right.points }).from(right).where(gt(right.points, 0)).all(),
    /**
     * Keeps a grant and applies all that follow each other without a gap. A grant that comes twice is applied once.
     *
     * @returns those that were applied, in order
     */
    receiveGrant: (grant: GrantRecord): readonly GrantRecord[] => {
      insertGrant.run({ gno: grant.gno, opId: grant.opId, record: JSON.stringify(grant) });
      const applied: GrantRecord[] = [];
      for (;;) {
        const gno = meta.int("appliedGno") + 1;
        const next = findGrant.get({ gno });
        if (!next) return applied;
        const record = JSON.parse(next.record) as GrantRecord;
        applyGrant(record);
        applied.push(record);
        markApplied.run({ gno });
        meta.put("appliedGno", gno);
      }
    },
    /** Another life has begun: what was held was the earlier one's. The entries stay. */
    forgetRights: (): void => {
      db.delete(right).run();
      db.delete(grantIn).run();
      meta.put("appliedGno", 0);
    },
    /** What an operation moved is another holder's: it has become another life's. */
    renameHolder: (opId: string, from: Holder, to: Holder): void => {
      db.update(ledgerEntry)
        .set({ holder: to })
        .where(and(eq(ledgerEntry.opId, opId), eq(ledgerEntry.holder, from)))
        .run();
    },
    appliedGrantsAfter: (gno: number): readonly GrantRecord[] =>
      db
        .select({ record: grantIn.record })
        .from(grantIn)
        .where(and(gt(grantIn.gno, gno), eq(grantIn.isApplied, true)))
        .orderBy(grantIn.gno)
        .all()
        .map(({ record }) => JSON.parse(record) as GrantRecord),
  };
}
