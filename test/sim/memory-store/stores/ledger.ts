import { createHash } from "node:crypto";
import type { LedgerEntry, LedgerStore } from "#server/app/ports/ledger-store.ts";
import { lifeOfHolder, rightOf, type Holder, type LotKind } from "#shared/domain/ledger/lots.ts";
import { isOutstanding } from "#shared/domain/periods/period.ts";
import type { Tables } from "../tables.ts";
import { byText, foundOnce, refuseTwice, sum } from "../values.ts";

type LotEntry = LedgerEntry & { readonly lotId: string; readonly holder: Holder };
type MemberEntry = LedgerEntry & { readonly holder: "DEBT" | "CLAIM" };
const isOfLot = (entry: LedgerEntry): entry is LotEntry => entry.lotId !== null;
const isOfMember = (entry: LedgerEntry): entry is MemberEntry => entry.lotId === null;

const sumOf = (entries: readonly LedgerEntry[]): number => sum(entries.map(({ amount }) => amount));

/** As PostgreSQL reckons it: the first 60 bits of a digest over the columns that are not null. */
function digestOf({ opId, line, lotId, memberId, holder, amount, eventDate, bookingDate }: LedgerEntry): bigint {
  const text = [opId, line, lotId, memberId, holder, amount, eventDate, bookingDate].filter((column) => column !== null).join("|");
  return BigInt(`0x${createHash("md5").update(text).digest("hex").slice(0, 15)}`);
}

export function makeLedgerStore(tables: Tables): LedgerStore {
  const { lots, accounts, memberAccounts, entries, undos, cards, receipts, grants, draws, workingSets, inbox, lives, opIds, records } =
    tables;

  const awardsOf: LedgerStore["awardsOf"] = async (receiptNumbers) =>
    new Map(
      foundOnce(receiptNumbers, (receiptNumber) => receipts.get(receiptNumber)).map(({ receiptNumber, ...first }) => [
        receiptNumber,
        first,
      ]),
    );

  /** An account is changed by the sum of a batch: only the sum may not bring it below zero. */
  function bookIntoAccounts(booked: readonly LedgerEntry[]): void {
    for (const [key, some] of Map.groupBy(booked.filter(isOfLot), ({ lotId, holder }) => `${lotId}/${holder}`)) {
      const account = accounts.get(key) ?? some.map(({ lotId, holder, memberId }) => ({ lotId, holder, memberId, amount: 0 }))[0];
      if (account) accounts.put({ ...account, amount: account.amount + sumOf(some) });
    }
    for (const [key, some] of Map.groupBy(booked.filter(isOfMember), ({ memberId, holder }) => `${memberId}/${holder}`)) {
      const account = memberAccounts.get(key);
      if (account) memberAccounts.put({ ...account, amount: account.amount + sumOf(some) });
    }
  }

  const kindOf = (lotId: string): LotKind => lots.get(lotId)?.kind ?? "points";
  const isOfPoints = ({ lotId }: { readonly lotId: string | null }): boolean => lotId === null || kindOf(lotId) === "points";
  const accountOf = ({ holder }: LedgerEntry): string => holder.split(":")[0] ?? "";
  const isIn = (date: string, after: string | null, until: string): boolean => date <= until && (after === null || date > after);

  return {
    async closedUntil() {
      return records
        .where("byKind", "period")
        .map(({ id }) => id)
        .toSorted(byText)
        .at(-1);
    },
    async booked({ after, until }) {
      const some = entries.all().filter((entry) => isOfPoints(entry) && isIn(entry.bookingDate, after, until));
      return [...Map.groupBy(some, accountOf)]
        .toSorted(([a], [b]) => byText(a, b))
        .map(([account, all]) => ({
          account,
          amount: sumOf(all),
          entries: all.length,
          fingerprint: String(all.map(digestOf).reduce((a, b) => a + b, 0n)),
        }));
    },
    async lateFacts({ after, until, limit }) {
      const late = entries
        .all()
        .filter(isOfPoints)
        .filter(({ bookingDate, eventDate, lotId }) => bookingDate > until && isIn(eventDate, after, until) && lotId !== null);
      return [...Map.groupBy(late, ({ opId, memberId }) => `${opId} ${memberId}`).values()]
        .flatMap((all) => {
          const [first] = all;
          const heard = first && opIds.get(first.opId);
          const op = heard && inbox.get(`${heard.replica}/${heard.incarnation}/${heard.seq}`);
          if (!first || !op) return [];
          const { opId, memberId, eventDate, bookingDate } = first;
          return [
            {
              opId,
              type: op.type,
              memberId,
              eventDate,
              bookingDate,
              points: sumOf(all.filter((entry) => isOutstanding(accountOf(entry)))),
            },
          ];
        })
        .toSorted((a, b) => byText(a.bookingDate, b.bookingDate) || byText(a.opId, b.opId))
        .slice(0, limit);
    },
    async lock(memberIds) {
      const debts = new Map<string, number>();
      for (const memberId of [...new Set(memberIds)].toSorted(byText)) {
        for (const holder of ["DEBT", "CLAIM"] as const) {
          if (!memberAccounts.get(`${memberId}/${holder}`)) memberAccounts.insert({ memberId, holder, amount: 0 });
        }
        debts.set(memberId, memberAccounts.get(`${memberId}/DEBT`)?.amount ?? 0);
      }
      return debts;
    },
    async lots({ memberIds, lotIds }) {
      const unspent = memberIds.flatMap((memberId) => accounts.where("unspentByMember", memberId)).map(({ lotId }) => lotId);
      const wanted = [...new Set([...unspent, ...lotIds])];
      const ofLots = wanted.flatMap((lotId) => accounts.where("byLot", lotId));
      return {
        lots: foundOnce(
          ofLots.map(({ lotId }) => lotId),
          (lotId) => lots.get(lotId),
        ),
        accounts: ofLots,
      };
    },
    async heldBy(holders) {
      return holders
        .flatMap((holder) => accounts.where("unspentByHolder", holder))
        .map((account) => ({ ...account, kind: kindOf(account.lotId) }))
        .toSorted((a, b) => byText(a.memberId, b.memberId) || byText(a.lotId, b.lotId) || byText(a.holder, b.holder));
    },
    async lifeTotals() {
      const ofLives = accounts.all().filter(({ amount, holder }) => amount > 0 && lifeOfHolder(holder) !== undefined);
      return [...Map.groupBy(ofLives, ({ holder }) => lifeOfHolder(holder) ?? "")]
        .toSorted(([a], [b]) => byText(a, b))
        .map(([incarnation, some]) => {
          const [points, benefits] = [some.filter(isOfPoints), some.filter((account) => !isOfPoints(account))];
          return {
            incarnation,
            points: sum(points.map(({ amount }) => amount)),
            members: new Set(points.map(({ memberId }) => memberId)).size,
            budget: sum(benefits.map(({ amount }) => amount)),
          };
        });
    },
    async undone(wanted) {
      return foundOnce(wanted, (opId) => undos.get(opId));
    },
    async cards({ memberIds, cardNumbers }) {
      const ofMembers = memberIds.flatMap((memberId) => cards.where("byMember", memberId));
      return foundOnce([...ofMembers.map(({ cardNumber }) => cardNumber), ...cardNumbers], (cardNumber) => cards.get(cardNumber));
    },
    async claimReceipts(awards) {
      const claimed = new Set<string>();
      for (const award of awards) {
        const known = receipts.get(award.receiptNumber);
        if (claimed.has(award.receiptNumber) || (known && !undos.get(known.opId))) continue;
        claimed.add(award.receiptNumber);
        const { receiptNumber, opId, replica } = award;
        receipts.put({ receiptNumber, opId, replica });
      }
      return awardsOf(awards.map(({ receiptNumber }) => receiptNumber));
    },
    awardsOf,
    async save(changes) {
      for (const lot of changes.lots) lots.insert(lot);
      for (const entry of changes.entries) entries.insert(entry);
      bookIntoAccounts(changes.entries);
      for (const undo of changes.undos) undos.insert(undo);
      // Cards that stop first: a member has one that works, and the new one may be for the old.
      for (const { cardNumber, blockedReason, blockedOn, blockedHlc } of changes.blockedCards) {
        const card = cards.get(cardNumber);
        if (card) cards.put({ ...card, state: "blocked", blockedReason, blockedOn, blockedHlc });
      }
      for (const card of changes.newCards) cards.insert(card);
      for (const grant of changes.grants) grants.insert(grant);
    },
    async lastGrantNumbers(incarnations) {
      const numbers = new Map<string, number>();
      for (const incarnation of incarnations) {
        const given = grants.where("byIncarnation", incarnation).map(({ gno }) => gno);
        if (given.length > 0) numbers.set(incarnation, Math.max(...given));
      }
      return numbers;
    },
    async rightsAsOf(incarnation, atSeq, atGno) {
      const life = lives.find("replica_inc_once", incarnation);
      const holder = rightOf(incarnation);
      const points = new Map(accounts.where("unspentByHolder", holder).map(({ lotId, amount }) => [lotId, amount]));
      const later = [
        ...(life ? inbox.where("byLife", `${life.replica}/${incarnation}`).filter(({ seq }) => seq > atSeq) : []),
        ...grants.where("byIncarnation", incarnation).filter(({ gno }) => gno > atGno),
      ].flatMap(({ opId }) => entries.where("byOperation", opId));
      for (const entry of later) {
        if (isOfLot(entry) && entry.holder === holder) points.set(entry.lotId, (points.get(entry.lotId) ?? 0) - entry.amount);
      }
      return [...points].filter(([, left]) => left !== 0).map(([lotId, left]) => ({ lotId, points: left }));
    },
    async findDraw(drawId) {
      return draws.get(drawId);
    },
    async addDraw(draw) {
      draws.insert(draw);
    },
    async addVisits(added, month) {
      refuseTwice(added.map(({ memberId, branchId }) => `${memberId}/${branchId}`));
      for (const { memberId, branchId, visits } of added) {
        const before = workingSets.get(`${memberId}/${branchId}/${month}`)?.visits ?? 0;
        workingSets.put({ memberId, branchId, month, visits: before + visits });
      }
    },
    async notVisitedSince(month, limit) {
      const pairs = Map.groupBy(workingSets.all(), ({ memberId, branchId }) => `${memberId}/${branchId}`);
      return [...pairs.values()]
        .flatMap((months) => (months.every((one) => one.month < month) ? months.slice(0, 1) : []))
        .map(({ memberId, branchId }) => ({ memberId, branchId }))
        .toSorted((a, b) => byText(a.memberId, b.memberId) || byText(a.branchId, b.branchId))
        .slice(0, limit);
    },
    async forgetVisits(memberId, branchId) {
      for (const { month } of workingSets.where("byMember", memberId).filter((one) => one.branchId === branchId))
        workingSets.remove(`${memberId}/${branchId}/${month}`);
    },
    async visits(memberIds, sinceMonth) {
      const months = foundOnce(memberIds, (memberId) => workingSets.where("byMember", memberId)).flat();
      return [...Map.groupBy(months, ({ memberId, branchId }) => `${memberId}/${branchId}`).values()].flatMap((some) =>
        some.slice(0, 1).map(({ memberId, branchId }) => ({
          memberId,
          branchId,
          visits: sum(some.filter(({ month }) => month >= sinceMonth).map(({ visits }) => visits)),
        })),
      );
    },
  };
}
