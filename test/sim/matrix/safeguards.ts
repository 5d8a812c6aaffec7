import type { StoreKind } from "../stores.ts";

/** One safeguard of the product, and how it is taken away: a piece of a source file that stands there exactly once, and what takes its place. */
export type Safeguard = {
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Where head office's books have to be for it to be missed; in memory unless told. */
  readonly store?: StoreKind;
};

/**
 * What a simulation that bites has to miss when it is gone. A text that is no longer found is an error: whoever moves a safeguard says here
 * where it went.
 */
export const safeguards: readonly Safeguard[] = [
  {
    name: "an operation received before is not taken again",
    file: "src-server/app/sync/push.ts",
    find: "const fresh = operations.slice(known.value.length);",
    replace: "const fresh = operations;",
  },
  {
    name: "a cursor moves in one transaction with its rows",
    file: "src-main/sync/exchange.ts",
    find: "if (g <= (tx.cursors()[s] ?? 0)) return;",
    replace: "tx.moveCursor(s, g); });\n    store.exchange((tx) => {",
  },
  {
    name: "a station spends only what it holds",
    file: "src-shared/domain/redemption/decide-redemption.ts",
    find: "return spendableHere < costPoints ?",
    replace:
      "if (heldLots[0]) return ok({ costPoints, lines: [{ lotId: heldLots[0].lotId, points: costPoints }] });\n  return spendableHere < costPoints ?",
  },
  {
    name: "what a stream contains is no longer added on top",
    file: "src-main/db/exchange-writing.ts",
    find: "cursors.move(stream, gseq);\n      operations.settleUpTo(stream, gseq);",
    replace: "cursors.move(stream, gseq);",
  },
  {
    name: "a database that was put back begins another life",
    file: "src-main/sync/exchange.ts",
    find: "store.exchange((tx) => tx.beginLife(incarnation));",
    replace: "",
  },
  {
    name: "another life begins without rights",
    file: "src-main/db/begin-life.ts",
    find: "ledger.forgetRights();",
    replace: "",
  },
  {
    name: "the loop tries again by itself",
    file: "src-main/sync/sync-loop.ts",
    find: "await timers.sleep(pauseMs(), pause.signal);",
    replace: "await timers.sleep(1e12, pause.signal);",
  },
  {
    name: "a clock that runs ahead is clamped",
    file: "src-server/app/sync/read-batch.ts",
    find: "effHlc: hlcMs(op.hlc) > hlcMs(latest) ? latest : op.hlc,",
    replace: "effHlc: op.hlc,",
  },
  {
    name: "a form that is sent again is answered with what was done",
    file: "src-main/app/points/award.ts",
    find: "const earlier = tx.operations.find(requestId);",
    replace: "const earlier = undefined as ReturnType<typeof tx.operations.find>;",
  },
  {
    name: "a draw is made once",
    file: "src-server/app/sync/draw.ts",
    find: "const earlier = await tx.ledger.findDraw(drawId);",
    replace: "const earlier = undefined as Awaited<ReturnType<typeof tx.ledger.findDraw>>;",
  },
  {
    name: "a grant is applied once, in its order",
    file: "src-main/db/stores/ledger.ts",
    find: 'const gno = meta.int("appliedGno") + 1;',
    replace: "const gno = grant.gno + (applied.length > 0 ? 1e9 : 0);",
  },
  {
    name: "an entry is undone once",
    file: "src-main/app/points/void-movement.ts",
    find: "isVoidedAlready: view.operations.undoOf(original.opId) !== undefined,",
    replace: "isVoidedAlready: false,",
  },
  {
    name: "rights are compared at the point that the station spoke of",
    file: "src-server/app/sync/rights-claim.ts",
    find: "if (!claim || life.ackSeq < claim.atSeq) return life;",
    replace: "if (!claim) return life;",
  },
  {
    name: "what was acknowledged and not answered is asked for again",
    file: "src-main/sync/exchange.ts",
    find: "after ??= Math.min(tx.acknowledged(), open.ackSeq);",
    replace: "after ??= open.ackSeq;",
  },
  {
    name: "a batch that is too large is halved",
    file: "src-main/sync/exchange.ts",
    find: "session = { ...session, maxOperations: Math.floor(sent / 2) };",
    replace: "return err(exchangeRefusalOf(refusal));",
  },
  {
    name: "an act is done once",
    file: "src-server/app/acts/run-act.ts",
    find: "if (done) {",
    replace: "if (done && Math.abs(1) > 1) {",
  },
  {
    name: "an operation of an ended life finds its points first",
    file: "src-server/app/operations/judge-in-order.ts",
    find: "const cover = facts.lifeHasEnded ?",
    replace: "const cover = facts.lifeHasEnded && Math.abs(1) > 1 ?",
  },
  {
    name: "a station makes no points expire",
    file: "src-shared/domain/ledger/ops.ts",
    find: '...movesOf(d, rightOf(incarnation), "POOL"),',
    replace: '...movesOf(d, rightOf(incarnation), "EXPIRED"),',
  },
  {
    name: "expired points are exchanged for those spent meanwhile that last longer",
    file: "src-server/app/expiry/settle-member.ts",
    find: "for (const exchange of given) await give(work, member, exchange);",
    replace: "given.length = 0;",
  },
  {
    name: "a decision has one holder",
    file: "src-server/app/acts/decide-proposal.ts",
    find: 'if (proposal.holder === "station")',
    replace: "if (Math.abs(1) > 1)",
  },
  {
    name: "what is not settled is shown on top of head office's row",
    file: "src-main/db/edited-rows.ts",
    find: 'tables.baseRows.put(row, told, "told");\n    show(tables, touched, row, told);',
    replace: "writeRow(tables, row.kind, row.id, told);",
  },
  {
    name: "what head office trips over is only kept, and holds up nobody",
    file: "src-server/app/sync/push.ts",
    find: "if (cause instanceof StoreUnavailable) throw cause;",
    replace: "throw cause;",
  },
  {
    name: "a campaign gives from its counter's share alone",
    file: "src-shared/domain/earning/within-budget.ts",
    find: "const { lines } = spendEarliestExpiryFirst(share, points, today);",
    replace: "const lines = share.slice(0, 1).map(({ lotId }) => ({ lotId, points }));",
  },
  {
    name: "places in a stream are handed out in the order of commits",
    file: "src-server/db/stores/feed.ts",
    find: "select stream, gseq from stream_head where stream = any ($1) order by stream for update",
    replace:
      "select stream, greatest(gseq, (extract(epoch from clock_timestamp()) * 1000000)::bigint) as gseq from stream_head where stream = any ($1)",
    store: "postgres",
  },
  {
    name: "whoever changes a member's points holds the member",
    file: "src-server/db/stores/ledger.ts",
    find: "where member_id = any ($1::uuid[]) and holder = 'DEBT' order by member_id for update",
    replace: "where member_id = any ($1::uuid[]) and holder = 'DEBT' order by member_id",
    store: "postgres",
  },
  {
    name: "an old name stands for the member that it was merged into",
    file: "src-shared/domain/members/alias.ts",
    find: "return into === null ? memberId : currentMember(into, aliasOf);",
    replace: "return memberId;",
  },
  {
    name: "what is here is held against the hash that was told",
    file: "src-main/db/told-copy.ts",
    find: "return now === row.hash || isOvertaken(tables, row) ? [] : [{ row, now }];",
    replace: "return [];",
  },
  {
    name: "what the rows add up to is compared with head office",
    file: "src-main/sync/mend-copy.ts",
    find: 'if (isSame(ours, theirs)) return "mended";',
    replace: 'if (Math.abs(1) > 0) return "mended";',
  },
  {
    name: "what a life claimed that has ended since is compared with nothing",
    file: "src-server/app/sync/rights-claim.ts",
    find: 'if (life.state !== "active")',
    replace: "if (Math.abs(1) > 1)",
  },
  {
    name: "a purchase that was kept does not earn by a receipt that earned before",
    file: "src-server/app/operations/earn-kept-purchase.ts",
    find: 'if (isEnteredElsewhere) return close("RECEIPT_ELSEWHERE");',
    replace: "",
  },
  {
    name: "what arrives about somebody who was forgotten is kept without what was said",
    file: "src-server/app/erasure/forgotten.ts",
    find: "if (forgotten.size === 0) return read;",
    replace: "if (Math.abs(1) > 0) return read;",
  },
  {
    name: "a counter forgets whom head office forgot",
    file: "src-main/db/feed-rows.ts",
    find: "if (isNews) forgetPerson(tables, touched, id);",
    replace: "",
  },
  {
    name: "a sub-card ends with its main card",
    file: "src-server/app/operations/books.ts",
    find: "if (sub.mainCard === cardNumber) end(sub.cardNumber, { ...ending, reason: endedWithMainCard });",
    replace: "if (Math.abs(1) > 1) end(sub.cardNumber, { ...ending, reason: endedWithMainCard });",
  },
  {
    name: "a sub-card of a main card that has ended ends as it begins",
    file: "src-server/app/operations/books.ts",
    find: "const hasMainEnded = mainCard !== null && !(",
    replace: "const hasMainEnded = mainCard !== null && Math.abs(1) > 1 && !(",
  },
];
