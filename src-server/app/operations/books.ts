import type { Account, Card, Grant, LedgerChanges, LedgerEntry, Undo } from "#server/app/ports/ledger-store.ts";
import type { StoredRecord } from "#server/app/ports/record-store.ts";
import { endedWithMainCard, replacedElsewhere } from "#shared/domain/cards/ops.ts";
import { inactivityRecord } from "#shared/domain/expiry/lapse.ts";
import type { HeldLot, Holder, Lot } from "#shared/domain/ledger/lots.ts";
import { aliasRecord, isSamePerson, namesOf, type AliasRecord } from "#shared/domain/members/alias.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { assertNever } from "#shared/std/assert-never.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { ConstraintCode } from "./codes.ts";
import { entryLines } from "./entry-lines.ts";
import { makeJournal, pushTo, setIn, type Journal } from "./journal.ts";
import { makeRecordShelf, type EditClock, type RecordShelf } from "./record-shelf.ts";

/** What a transaction knows before it applies anything; everything of a locked member is here or does not exist. */
export type BookFacts = {
  readonly debts: ReadonlyMap<string, number>;
  readonly lots: readonly Lot[];
  readonly accounts: readonly Account[];
  readonly undone: readonly Undo[];
  readonly cards: readonly Card[];
  readonly records: readonly StoredRecord[];
  /** The first date that is not closed: even a clock that was set back books nothing before it. */
  readonly openFrom: string;
};

/** What of an operation is written beside each of its entries. */
type BookedOperation = EditClock & { readonly opId: string; readonly eventDate: string; readonly bookingDate: string };

/**
 * The books of the members that a transaction holds, in memory: effects are applied here, whole or not at all, and what came of them is
 * then saved in a few statements. The rules are those of the database's constraints, which stand behind as the last line of defence.
 *
 * What is asked of a member is answered for the person: under all names that are one now.
 */
export type Books = {
  readonly apply: (op: BookedOperation, effects: readonly Effect[]) => Result<undefined, { code: ConstraintCode }>;
  readonly noteGrant: (grant: Grant) => void;
  readonly amount: (lotId: string, holder: Holder) => number;
  /** All names of the person, the one that stands first; the member itself where nobody joined twice. */
  readonly namesOf: (memberId: string) => readonly string[];
  readonly alias: (memberId: string) => AliasRecord | undefined;
  readonly isSamePerson: (a: string, b: string) => boolean;
  /** Lots of a member of which this holder has points. */
  readonly held: (memberId: string, holder: Holder) => readonly HeldLot[];
  /** With the last day that counts: one that lapsed for want of visits ended before its own. */
  readonly lotsOf: (memberId: string) => readonly Lot[];
  readonly lot: (lotId: string) => Lot | undefined;
  /** With the last day that they were made with. */
  readonly lotsAsMade: (memberId: string) => readonly Lot[];
  readonly holdersOf: (lotId: string) => ReadonlyMap<Holder, number>;
  readonly debtOf: (memberId: string) => number;
  /** What is owed under this one name. */
  readonly debtUnder: (memberId: string) => number;
  readonly card: (cardNumber: string) => Card | undefined;
  readonly cardsOf: (memberId: string) => readonly Card[];
  readonly isUndone: (opId: string) => boolean;
  readonly records: RecordShelf;
  readonly journal: Journal;
  readonly changes: () => LedgerChanges;
};

type Refused = { readonly code: ConstraintCode };

export function openBooks(facts: BookFacts): Books {
  const journal = makeJournal();
  const lots = new Map(facts.lots.map((lot) => [lot.lotId, lot]));
  const lotsByMember = Map.groupBy(facts.lots, ({ memberId }) => memberId);
  const accounts = new Map<string, Map<Holder, number>>();
  for (const { lotId, holder, amount } of facts.accounts) accountsOf(lotId).set(holder, amount);
  const debts = new Map(facts.debts);
  const undone = new Set(facts.undone.map((undo) => undo.undone));
  const cards = new Map(facts.cards.map((card) => [card.cardNumber, card]));
  const cardNumbersOf = new Map<string, readonly string[]>();
  for (const [memberId, own] of Map.groupBy(facts.cards, (card) => card.memberId)) {
    cardNumbersOf.set(
      memberId,
      own.map(({ cardNumber }) => cardNumber),
    );
  }
  const records = makeRecordShelf(facts.records, journal);
  const aliasOf = (memberId: string): AliasRecord | undefined => {
    const record = records.find("alias", memberId);
    return record && aliasRecord.parse(record.doc);
  };
  const names = (memberId: string): readonly string[] => namesOf(memberId, aliasOf);
  const changes = {
    lots: [] as Lot[],
    entries: [] as LedgerEntry[],
    undos: [] as Undo[],
    newCards: new Map<string, Card>(),
    blockedCards: new Map<string, Card>(),
    grants: [] as Grant[],
  };

  function accountsOf(lotId: string): Map<Holder, number> {
    const known = accounts.get(lotId);
    if (known) return known;
    const none = new Map<Holder, number>();
    accounts.set(lotId, none);
    return none;
  }
  const amount = (lotId: string, holder: Holder): number => accounts.get(lotId)?.get(holder) ?? 0;
  const lotsAsMade = (memberId: string): readonly Lot[] => names(memberId).flatMap((name) => lotsByMember.get(name) ?? []);
  const lotsOf = (memberId: string): readonly Lot[] => names(memberId).flatMap(lotsUnder);
  function lotsUnder(name: string): readonly Lot[] {
    const own = lotsByMember.get(name) ?? [];
    const record = records.find("inactivity", name);
    if (!record) return own;
    const lapsedOn = new Map(inactivityRecord.parse(record.doc).lots.map((lot) => [lot.lotId, lot.lapsedOn]));
    return own.map((lot) => ({ ...lot, expiresOn: lapsedOn.get(lot.lotId) ?? lot.expiresOn }));
  }
  const cardsOf = (memberId: string): readonly Card[] =>
    names(memberId)
      .flatMap((name) => cardNumbersOf.get(name) ?? [])
      .flatMap((cardNumber) => cards.get(cardNumber) ?? []);

  /** Whether an operation about one member may move a lot of the other: they are one person, or were when it was written. */
  function mayMoveLotOf(owner: string, memberId: string): boolean {
    if (isSamePerson(owner, memberId, aliasOf)) return true;
    const parted = names(memberId).flatMap((name) => aliasOf(name)?.partedFrom ?? []);
    return parted.some((other) => isSamePerson(owner, other, aliasOf));
  }

  function book({ opId, eventDate, bookingDate: receivedOn }: BookedOperation, firstLine: number, effect: Effect): void {
    const bookingDate = receivedOn < facts.openFrom ? facts.openFrom : receivedOn;
    const entries = entryLines(effect).map((entry, i) => ({ opId, line: firstLine + i, ...entry, eventDate, bookingDate }));
    pushTo(journal, changes.entries, ...entries);
  }

  function openLot(lot: Lot): Refused | undefined {
    if (lots.has(lot.lotId)) return { code: "LOT_EXISTS" };
    setIn(journal, lots, lot.lotId, lot);
    pushTo(journal, changes.lots, lot);
    setIn(journal, lotsByMember, lot.memberId, [...(lotsByMember.get(lot.memberId) ?? []), lot]);
    return undefined;
  }

  function move(op: BookedOperation, line: number, effect: Extract<Effect, { kind: "move" }>): Refused | undefined {
    const { lotId, memberId, from, to, points } = effect;
    const lot = lots.get(lotId);
    if (!lot) return { code: "LOT_UNKNOWN" };
    if (!mayMoveLotOf(lot.memberId, memberId)) return { code: "LOT_OF_ANOTHER_MEMBER" };
    if (from !== "ISSUED" && amount(lotId, from) < points) return { code: "ACCOUNT_BELOW_ZERO" };
    setIn(journal, accountsOf(lotId), from, amount(lotId, from) - points);
    setIn(journal, accountsOf(lotId), to, amount(lotId, to) + points);
    book(op, line, effect);
    return undefined;
  }

  function changeDebt(op: BookedOperation, line: number, effect: Extract<Effect, { kind: "debt" }>): Refused | undefined {
    const { memberId, points } = effect;
    const debt = (debts.get(memberId) ?? 0) + points;
    if (debt < 0) return { code: "ACCOUNT_BELOW_ZERO" };
    setIn(journal, debts, memberId, debt);
    book(op, line, effect);
    return undefined;
  }

  /**
   * Two counters that were apart may both give a member a main card: the one issued earlier stays, and the other ends, whichever is heard of
   * first. Both are the member's. So is a sub-card of a main card that has ended elsewhere, which ends as it begins.
   */
  function bindCard(op: BookedOperation, effect: Extract<Effect, { kind: "bindCard" }>): Refused | undefined {
    const { cardNumber, cardKind, memberId, mainCard } = effect;
    if (cards.has(cardNumber)) return { code: "CARD_TAKEN" };
    const rival = mainCard === null ? cardsOf(memberId).find((each) => each.state === "active" && each.mainCard === null) : undefined;
    if (rival && op.effHlc < rival.issuedHlc) end(rival.cardNumber, { op, reason: replacedElsewhere, on: op.eventDate });
    const isSecond = rival !== undefined && op.effHlc >= rival.issuedHlc;
    const working: Card = {
      cardNumber,
      cardKind,
      memberId,
      state: "active",
      blockedReason: null,
      blockedOn: null,
      blockedHlc: null,
      mainCard,
      issuedHlc: op.effHlc,
      issueOp: op.opId,
    };
    const main = mainCard === null ? undefined : cards.get(mainCard);
    const hasMainEnded = mainCard !== null && !(main?.state === "active" && isSamePerson(main.memberId, memberId, aliasOf));
    const reason = isSecond ? replacedElsewhere : hasMainEnded ? endedWithMainCard : undefined;
    const card = reason === undefined ? working : ended(working, { op, reason, on: op.eventDate });
    setIn(journal, cards, cardNumber, card);
    setIn(journal, cardNumbersOf, memberId, [...(cardNumbersOf.get(memberId) ?? []), cardNumber]);
    setIn(journal, changes.newCards, cardNumber, card);
    return undefined;
  }

  type Ending = { readonly op: BookedOperation; readonly reason: string; readonly on: string };
  const ended = (card: Card, { op, reason, on }: Ending): Card => ({
    ...card,
    state: "blocked",
    blockedReason: reason,
    blockedOn: on,
    blockedHlc: op.effHlc,
  });

  /** Restrictive wins: a card that is blocked stays so, with the first reason. What hangs on it ends too, whoever handed it out (K-10). */
  function end(cardNumber: string, ending: Ending): void {
    const card = cards.get(cardNumber);
    if (!card || card.state === "blocked") return;
    const blocked = ended(card, ending);
    setIn(journal, cards, cardNumber, blocked);
    setIn(journal, changes.blockedCards, cardNumber, blocked);
    for (const sub of cardsOf(card.memberId))
      if (sub.mainCard === cardNumber) end(sub.cardNumber, { ...ending, reason: endedWithMainCard });
  }

  function blockCard(op: BookedOperation, effect: Extract<Effect, { kind: "blockCard" }>): Refused | undefined {
    const { cardNumber, reason, on, hangsOn } = effect;
    const card = cards.get(cardNumber);
    if (hangsOn !== undefined && card?.mainCard !== hangsOn) return undefined;
    if (!card) return { code: "CARD_UNKNOWN" };
    end(cardNumber, { op, reason, on });
    return undefined;
  }

  function undoOnce(op: BookedOperation, opId: string): Refused | undefined {
    if (undone.has(opId)) return { code: "UNDONE_TWICE" };
    undone.add(opId);
    journal.did(() => undone.delete(opId));
    pushTo(journal, changes.undos, { undone: opId, opId: op.opId });
    return undefined;
  }

  function applyOne(op: BookedOperation, line: number, effect: Effect): Refused | undefined {
    switch (effect.kind) {
      case "putRecord":
        records.merge({ kind: effect.record, id: effect.id }, effect.fields, op);
        return undefined;
      case "openLot":
        return openLot(effect.lot);
      case "move":
        return move(op, line, effect);
      case "debt":
        return changeDebt(op, line, effect);
      case "undo":
        return undoOnce(op, effect.undoes);
      case "bindCard":
        return bindCard(op, effect);
      case "blockCard":
        return blockCard(op, effect);
      default:
        return assertNever(effect);
    }
  }

  return {
    records,
    journal,
    apply(op, effects) {
      const before = journal.mark();
      const firstEntry = changes.entries.length;
      for (const effect of effects) {
        const refused = applyOne(op, changes.entries.length - firstEntry, effect);
        if (!refused) continue;
        journal.rollBack(before);
        return err(refused);
      }
      return ok(undefined);
    },
    noteGrant: (grant) => pushTo(journal, changes.grants, grant),
    namesOf: names,
    alias: aliasOf,
    isSamePerson: (a, b) => isSamePerson(a, b, aliasOf),
    amount,
    held: (memberId, holder) =>
      lotsOf(memberId).flatMap(({ lotId, earnedOn, expiresOn }) => {
        const points = amount(lotId, holder);
        return points > 0 ? [{ lotId, points, earnedOn, expiresOn }] : [];
      }),
    lotsOf,
    lot: (lotId) => lots.get(lotId),
    lotsAsMade,
    holdersOf: (lotId) => accountsOf(lotId),
    debtOf: (memberId) => names(memberId).reduce((sum, name) => sum + (debts.get(name) ?? 0), 0),
    debtUnder: (memberId) => debts.get(memberId) ?? 0,
    card: (cardNumber) => cards.get(cardNumber),
    cardsOf,
    isUndone: (opId) => undone.has(opId),
    changes: () => ({
      ...changes,
      // One that was handed out and blocked in the same breath is new as it stands now.
      newCards: [...changes.newCards.keys()].flatMap((cardNumber) => cards.get(cardNumber) ?? []),
      blockedCards: [...changes.blockedCards.values()].filter(({ cardNumber }) => !changes.newCards.has(cardNumber)),
    }),
  };
}
