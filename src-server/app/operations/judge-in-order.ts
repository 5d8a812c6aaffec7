import type { JudgedOperation, Judgement, ReceivedOperation, Wait } from "#server/app/ports/inbox.ts";
import { cardIssue, replacedElsewhere } from "#shared/domain/cards/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { isWholeGroup, linkedGroups } from "#shared/domain/operations/linked-groups.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { hadEffect, type Outcome } from "#shared/domain/verdicts/verdict.ts";
import type { FlagCode, ParkCode, QuarantineCode } from "./codes.ts";
import { followUp } from "./follow-ups.ts";
import { coverLateOperation, uncoverLateVoid } from "./late-operations.ts";
import { mergeEdit } from "./member-edits.ts";
import { judge, type JudgeFacts } from "./judge.ts";
import { waitSubjects, type ReadOperation } from "./read-operation.ts";
import type { Work } from "./work.ts";

/** What an operation waits for whose points another station may still tell of. */
export const booksWhole = "books:whole";

/** What became of an operation, wherever it is settled. */
export type Verdict = Omit<Judgement, "settle">;

type Judged = Verdict & {
  /** Where the first one of a duplicate is settled. */
  readonly settledAs?: Judgement["settle"];
};
export type JudgedRead = Judged & { readonly op: ReadOperation };

export type BatchFacts = JudgeFacts & {
  /** Why an operation of an ended life found less than it moves. */
  readonly lateFlag: "AFTER_FENCE" | "AFTER_PUT_BACK";
  /** Other lives of the same station that go on no more: what they left pays before anybody else's points. */
  readonly otherEndedLives: readonly string[];
  /** Head office was put back from a copy, and not every station has said what it has. */
  readonly isRecovering: boolean;
  /** Tells later operations of the batch what became of an earlier one. */
  readonly heard: (operation: Operation, outcome: Outcome) => void;
};

type Known = {
  /** Operations received before under ids of this batch. */
  readonly firstHeard: readonly JudgedOperation[];
  readonly waits: readonly Wait[];
  /** Operations that stay as they were judged, by their number: what touches the same waits behind them. */
  readonly standing?: ReadonlyMap<number, Verdict>;
};

/** Judges and applies operations of one life in their order, linked groups as one. @returns verdicts, and what waits from now on */
export async function judgeInOrder(
  work: Work,
  facts: BatchFacts,
  known: Known,
  read: readonly ReadOperation[],
): Promise<{ readonly judged: readonly JudgedRead[]; readonly newWaits: readonly Wait[] }> {
  const heard = new Map(known.firstHeard.map((op) => [op.opId, op]));
  const waiting = new Map(known.waits.map(({ subject, opId }) => [subject, opId]));
  const judged: JudgedRead[] = [];
  const newWaits: Wait[] = [];

  /** What later operations have to know of one that was judged. */
  function note(result: JudgedRead): void {
    const { op, verdict } = result;
    judged.push(result);
    if (verdict === "duplicate" || result.code === "OP_ID_REUSED") return;
    heard.set(op.received.opId, { ...op.received, ...result, settle: [] });
    if (op.content.ok) facts.heard(op.content.value.operation, verdict);
    if (hadEffect(verdict) || !op.isMoneyLike) return;
    for (const subject of waitSubjects(op)) {
      if (waiting.has(subject)) continue;
      newWaits.push({ subject, opId: op.received.opId });
      waiting.set(subject, op.received.opId);
    }
  }

  for (const group of linkedGroups(read.map((op) => ({ op, transaction: op.received.transaction })))) {
    const before = work.books.journal.mark();
    const results: JudgedRead[] = [];
    for (const { op } of group) {
      const stands = known.standing?.get(op.received.seq);
      const result = stands ?? (await judgeOne(work, facts, waiting, heard.get(op.received.opId), op));
      results.push({ op, ...result });
      const isInForce = result.verdict !== "duplicate" && hadEffect(result.verdict);
      if (op.content.ok && isInForce) facts.heard(op.content.value.operation, "applied");
    }
    if (isWhole(results)) {
      results.forEach(note);
    } else {
      work.books.journal.rollBack(before);
      holdGroupBack(results).forEach(note);
    }
  }
  return { judged, newWaits };
}

/** All parts are here, and all of them had their effect. An operation by itself is whole whatever became of it. */
function isWhole(group: readonly JudgedRead[]): boolean {
  const areAllHere = isWholeGroup(group.map(({ op }) => op.received));
  return areAllHere && (group.length === 1 || group.every(({ verdict }) => verdict === "duplicate" || hadEffect(verdict)));
}

/** What would have had its effect waits with the part that waits, or is held back because of the part that is. */
function holdGroupBack(group: readonly JudgedRead[]): readonly JudgedRead[] {
  const parked = group.find(({ verdict }) => verdict === "parked");
  const isAnyHeld = group.some(({ verdict }) => verdict === "quarantined") || !isWholeGroup(group.map(({ op }) => op.received));
  const withGroup = parked?.waitsFor === undefined || isAnyHeld ? quarantine("GROUP_REFUSED") : park("WAITS_BEHIND", parked.waitsFor);
  return group.map((judged) => (judged.verdict !== "duplicate" && hadEffect(judged.verdict) ? { op: judged.op, ...withGroup } : judged));
}

async function judgeOne(
  work: Work,
  facts: BatchFacts,
  waiting: ReadonlyMap<string, string>,
  first: JudgedOperation | undefined,
  op: ReadOperation,
): Promise<Judged> {
  const { received, content } = op;
  if (first) return sameOperation(first, received) ? duplicateOf(first) : quarantine("OP_ID_REUSED");
  if (!content.ok) {
    const { code } = content.error;
    return code === "UNKNOWN_TYPE" ? park(code, `type:${received.type}@${received.version}`) : quarantine(code);
  }
  const ahead = op.isMoneyLike ? waitSubjects(op).find((subject) => waiting.has(subject)) : undefined;
  if (ahead !== undefined) return park("WAITS_BEHIND", `operation:${waiting.get(ahead)}`);
  const { operation, meaning } = content.value;
  const decision = judge(operation, received, facts);
  if ("quarantine" in decision) {
    const isMissing = decision.quarantine === "MEMBER_UNKNOWN" && meaning.memberId !== null;
    return isMissing ? park("MEMBER_UNKNOWN", `member:${meaning.memberId}`) : quarantine(decision.quarantine);
  }
  if ("leave" in decision) return { verdict: "flagged", code: decision.leave };
  const before = work.books.journal.mark();
  const cover = facts.lifeHasEnded ? await coverLateOperation(work, received, operation, meaning, facts) : "asItIs";
  if (cover === "nothingLeft") {
    work.books.journal.rollBack(before);
    return { verdict: "flagged", code: "GIVEN_BACK_BEFORE" };
  }
  if (cover === "short") {
    work.books.journal.rollBack(before);
    return park("BOOKS_RECOVERING", booksWhole);
  }
  const merged = mergeEdit(work.books, operation, received);
  const applied = work.books.apply(received, merged?.effects ?? meaning.effects);
  if (!applied.ok) {
    work.books.journal.rollBack(before);
    const { code } = applied.error;
    // Head office undid it in the place of a life that it took for dead.
    if (facts.lifeHasEnded && code === "UNDONE_TWICE") return { verdict: "flagged", code: "UNDONE_BEFORE" };
    // Two places meant the same card in good faith: somebody hands out another one, nothing waits for it.
    if (code === "CARD_TAKEN") return { verdict: "flagged", code };
    const missing = code === "LOT_UNKNOWN" ? op.lotIds.find((lotId) => work.books.holdersOf(lotId).size === 0) : undefined;
    return missing === undefined ? quarantine(code) : park("LOT_UNKNOWN", `lot:${missing}`);
  }
  if (facts.lifeHasEnded) await uncoverLateVoid(work, operation);
  await followUp(work, operation, received.eventDate, meaning.memberId);
  const flag = merged?.flag ?? secondCardFlag(work, operation) ?? decision.flag ?? (cover === "beyond" ? facts.lateFlag : undefined);
  return flag ? { verdict: "flagged", code: flag } : { verdict: "applied" };
}

/** The card was void as it was handed out: another counter had given the member one. */
function secondCardFlag({ books }: Work, operation: Operation): FlagCode | undefined {
  const issued = dataOf(operation, cardIssue);
  return issued && books.card(issued.cardNumber)?.blockedReason === replacedElsewhere ? "SECOND_MAIN_CARD" : undefined;
}

const quarantine = (code: QuarantineCode | ParkCode): Judged => ({ verdict: "quarantined", code });
/** Nobody need decide: it is judged again when that has arrived. */
const park = (code: ParkCode, waitsFor: string): Judged => ({ verdict: "parked", code, waitsFor });

/** The same id from another life is the same intent only when it says the same. */
function sameOperation(first: ReceivedOperation, again: ReceivedOperation): boolean {
  return first.type === again.type && first.version === again.version && Buffer.compare(first.body, again.body) === 0;
}

function duplicateOf(first: Judgement): Judged {
  const outcome = first.verdict === "duplicate" ? first.first : first.verdict;
  return {
    verdict: "duplicate",
    ...(outcome && { first: outcome }),
    ...(first.code !== undefined && { code: first.code }),
    settledAs: first.settle,
  };
}
