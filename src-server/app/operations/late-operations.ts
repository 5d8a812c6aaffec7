import type { ReceivedOperation } from "#server/app/ports/inbox.ts";
import type { Incarnation } from "#server/app/ports/station-store.ts";
import { coverLate, type Shortage } from "#shared/domain/ledger/cover-late.ts";
import { lossRecord, rightsCover, rightsUncover } from "#shared/domain/ledger/fence-ops.ts";
import { heldOf, limboOf, rightOf, type Holder, type LotLine } from "#shared/domain/ledger/lots.ts";
import { pointsVoidAward } from "#shared/domain/earning/ops.ts";
import { dataOf, type OperationMeaning } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { pointsCancel, pointsConfirm, pointsHold } from "#shared/domain/redemption/hold-ops.ts";
import { pointsRedeem, pointsVoidRedeem } from "#shared/domain/redemption/ops.ts";
import { headOfficeItself } from "./own-operations.ts";
import type { Work } from "./work.ts";

/** Whether a life goes on no more: fenced, or another one has taken its place. What it wrote while nobody heard it may still arrive. */
export const hasEnded = ({ state }: Pick<Incarnation, "state">): boolean => state === "fenced" || state === "superseded";

/**
 * `asItIs`: what the life had is still there. `beyond`: something was found that had been given back. `nothingLeft`: it has no effect any more.
 * `short`: there is not enough, and other stations have not said yet what they have.
 */
export type LateCover = "asItIs" | "beyond" | "nothingLeft" | "short";

/** Goods that went over the counter, or that somebody was asked to hand over, are gone, whoever pays for them. */
const spendingTypes: ReadonlySet<string> = new Set([pointsRedeem.type, pointsHold.type, pointsConfirm.type]);

/** Finds what an operation of an ended life moves, so that its lines apply as they are. The books must know the lots it names. */
export async function coverLateOperation(
  work: Work,
  received: ReceivedOperation,
  operation: Operation,
  { memberId, effects }: OperationMeaning,
  facts: LateFacts,
): Promise<LateCover> {
  const owners = new Set(effects.flatMap((effect) => (effect.kind === "move" ? effect.memberId : [])));
  const covers: LateCover[] = [];
  for (const owner of owners) {
    // Besides its member's points an award may take from a campaign's budget: what was promised for it stays, as for goods that are gone.
    const isSpending = owner !== memberId || spendingTypes.has(operation.type);
    const moves = effects.flatMap((effect) => (effect.kind === "move" && effect.memberId === owner ? [effect] : []));
    covers.push(await coverOfOwner(work, received, operation, { owner, isMembers: owner === memberId, moves, isSpending }, facts));
  }
  return (
    covers.find((cover) => cover === "short") ??
    covers.find((cover) => cover === "nothingLeft") ??
    covers.find((cover) => cover === "beyond") ??
    "asItIs"
  );
}

type LateFacts = { readonly otherEndedLives: readonly string[]; readonly isRecovering: boolean };
/** `isMembers`: of the member whom the operation is about, and not of a pool or a campaign. */
type OwnersMoves = { readonly owner: string; readonly isMembers: boolean; readonly moves: readonly Move[]; readonly isSpending: boolean };
type Move = Extract<Effect, { kind: "move" }>;

async function coverOfOwner(
  work: Work,
  received: ReceivedOperation,
  operation: Operation,
  { owner, isMembers, moves, isSpending }: OwnersMoves,
  { otherEndedLives, isRecovering }: LateFacts,
): Promise<LateCover> {
  const { books, own, today } = work;
  const { incarnation, opId } = operation;
  const shortages = shortagesOf(work, incarnation, moves);
  // Of a lot that nobody has told of yet, nothing can be found: the operation waits for it.
  const isUnknown = shortages.some(({ lotId }) => books.holdersOf(lotId).size === 0);
  if (shortages.length === 0 || isUnknown) return "asItIs";
  const lots = new Map(books.lotsOf(owner).map((lot) => [lot.lotId, lot]));
  const { lines, otherLots, missing } = coverLate({
    shortages,
    standingOf: (lotId) => ({
      expiresOn: lots.get(lotId)?.expiresOn ?? null,
      limbo: books.amount(lotId, limboOf(incarnation)),
      leftByOthers: otherEndedLives.flatMap((other) => [
        { incarnation: other, account: "RIGHT", points: books.amount(lotId, rightOf(other)) },
        { incarnation: other, account: "LIMBO", points: books.amount(lotId, limboOf(other)) },
      ]),
      expired: books.amount(lotId, "EXPIRED"),
      pool: books.amount(lotId, "POOL"),
    }),
    pool: books.held(owner, "POOL"),
    eventDate: received.eventDate,
    today,
  });
  const takesBack = dataOf(operation, pointsVoidAward) !== undefined;
  // Rights that are given up, and were given back already: there is nothing to do.
  if (!isSpending && !takesBack && (missing.length > 0 || otherLots.length > 0)) return "nothingLeft";
  // A purchase that is undone is charged to its own lot; the rest is owed, as for any void.
  const beyondLot = [...otherLots.map(({ lotId, to, points }) => ({ lotId, to, points })), ...missing];
  if (isRecovering && beyondLot.length > 0) return "short";
  // Only a member can owe: what is missing of a pool's or a campaign's is the company's loss.
  const takenOf = (lotId: string): number => (isMembers ? books.amount(lotId, "REVERSED") + books.amount(lotId, "REPAID") : 0);
  const { owed, lost } = takesBack ? { owed: beyondLot, lost: [] } : shareMissing(missing, takenOf);
  await own.write(rightsCover, {
    by: headOfficeItself,
    d: {
      incarnation,
      memberId: owner,
      lateOpId: opId,
      on: today,
      lines: [...lines],
      otherLots: isSpending ? [...otherLots] : [],
      losses: isSpending ? [...lost] : [],
      debts: isSpending || takesBack ? [...owed] : [],
    },
  });
  const isOfTheStation = lines.every(({ from }) => from === "LIMBO" || from === "RIGHT");
  return isOfTheStation && beyondLot.length === 0 ? "asItIs" : "beyond";
}

/**
 * Who bears what nobody has any more of a redemption: where its purchase was undone meanwhile, or its points paid what the member owed, they
 * were taken as if none had been spent, so whoever spent them owes them; the rest is the company's loss.
 */
function shareMissing(
  missing: readonly Shortage[],
  takenBack: (lotId: string) => number,
): { readonly owed: readonly Shortage[]; readonly lost: readonly Shortage[] } {
  const left = new Map<string, number>();
  const shares = missing.map((shortage) => {
    const { lotId, points } = shortage;
    const most = left.get(lotId) ?? takenBack(lotId);
    const owed = Math.min(most, points);
    left.set(lotId, most - owed);
    return { shortage, owed, lost: points - owed };
  });
  const those = (share: "owed" | "lost") =>
    shares.flatMap(({ shortage, [share]: points }) => (points > 0 ? [{ ...shortage, points }] : []));
  return { owed: those("owed"), lost: those("lost") };
}

/** What the life lacks of each account that the operation takes from, in the order of its lines. */
function shortagesOf({ books }: Work, incarnation: string, moves: readonly Move[]): readonly Shortage[] {
  const accounts = new Map<Holder, Shortage["to"]>([
    [rightOf(incarnation), "RIGHT"],
    [heldOf(incarnation), "HELD"],
  ]);
  const change = new Map<string, number>();
  const short = new Map<string, Shortage>();
  for (const { lotId, from, to, points } of moves) {
    const account = accounts.get(from);
    const key = `${lotId}/${from}`;
    const before = books.amount(lotId, from) + (change.get(key) ?? 0);
    const lacking = account === undefined ? 0 : Math.max(0, points - before);
    if (account !== undefined && lacking > 0) short.set(key, { lotId, to: account, points: (short.get(key)?.points ?? 0) + lacking });
    change.set(key, (change.get(key) ?? 0) - points + lacking);
    change.set(`${lotId}/${to}`, (change.get(`${lotId}/${to}`) ?? 0) + points);
  }
  return [...short.values()];
}

/** What an operation gives back to the right of its life, and the operations that had spent it or kept it back. */
function givenBackBy(operation: Operation): { readonly lines: readonly LotLine[]; readonly lateOpIds: readonly string[] } | undefined {
  const cancelled = dataOf(operation, pointsCancel);
  if (cancelled) return { lines: cancelled.lines, lateOpIds: [cancelled.holdId] };
  const voidedAward = dataOf(operation, pointsVoidAward);
  if (voidedAward?.budget) return { lines: voidedAward.budget.lines, lateOpIds: [voidedAward.undoes] };
  const voiding = dataOf(operation, pointsVoidRedeem);
  return voiding && { lines: voiding.lines, lateOpIds: [voiding.undoes, ...(voiding.holdId === undefined ? [] : [voiding.holdId])] };
}

/** Losses that an operation may make good: of what it undoes. */
export const lossesOf = (operation: Operation): readonly string[] => givenBackBy(operation)?.lateOpIds ?? [];

/** What the company had paid for was undone by its own station: what came back of it is the company's. */
export async function uncoverLateVoid({ books, own }: Work, operation: Operation): Promise<void> {
  const given = givenBackBy(operation);
  for (const id of given?.lateOpIds ?? []) {
    const record = books.records.find("loss", id);
    const loss = record && lossRecord.parse(record.doc);
    if (!given || !loss || loss.points === 0) continue;
    const { incarnation, memberId, lateOpId } = loss;
    let left = loss.points;
    const lines = given.lines.flatMap(({ lotId, points }) => {
      const taken = Math.min(left, points);
      left -= taken;
      return taken > 0 ? [{ lotId, points: taken }] : [];
    });
    await own.write(rightsUncover, { by: headOfficeItself, d: { incarnation, memberId, lateOpId, lines } });
  }
}
