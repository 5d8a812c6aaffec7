import type { RecordStore, StoredRecord } from "#server/app/ports/record-store.ts";
import { balanceAsOf } from "./balance-as-of.ts";
import type { Tables } from "../tables.ts";
import { byText, foundOnce, refuseTwice } from "../values.ts";

const keyOf = ({ kind, id }: Pick<StoredRecord, "kind" | "id">): string => `${kind}/${id}`;
const textOf = ({ doc }: StoredRecord, field: string): string => {
  const value = doc[field];
  return typeof value === "string" ? value : "";
};

export function makeRecordStore({ records, recordHashes, cards }: Tables): RecordStore {
  return {
    async find(keys) {
      return foundOnce(keys.map(keyOf), (key) => records.get(key));
    },
    async staffNamed(userName) {
      return records.find("record_user_name", userName.toLowerCase());
    },
    async branchCoded(code) {
      return records.find("record_branch_code", code);
    },
    async ofKind(kind) {
      return records.where("byKind", kind).toSorted((a, b) => byText(a.id, b.id));
    },
    async membersNumbered(memberNumbers) {
      return foundOnce(memberNumbers, (memberNumber) => records.find("record_member_number", memberNumber));
    },
    async membersJoinedLast(limit) {
      const newestFirst = records
        .where("byKind", "member")
        .toSorted((a, b) => Number(b.doc["createdAtMs"]) - Number(a.doc["createdAtMs"]) || byText(b.id, a.id));
      return newestFirst.slice(0, limit);
    },
    async membersWithPhones(phones) {
      const hasOne = ({ doc }: StoredRecord): boolean =>
        Array.isArray(doc["phones"]) && doc["phones"].some((phone) => phones.includes(String(phone)));
      return records
        .where("byKind", "member")
        .filter(hasOne)
        .toSorted((a, b) => byText(a.id, b.id));
    },
    async ruleVersions(ruleIds) {
      return foundOnce(ruleIds, (ruleId) => records.where("ruleVersions", ruleId)).flat();
    },
    async ofMembers(memberIds, sinceDate) {
      const proposals = foundOnce(memberIds, (memberId) => records.where("proposalsByMember", memberId)).flat();
      const lapses = foundOnce(memberIds, (memberId) => records.where("lapsesByMember", memberId)).flat();
      const reviews = foundOnce(memberIds, (memberId) => records.where("reviewsByMember", memberId)).flat();
      return [
        ...reviews,
        ...proposals.filter((record) => textOf(record, "state") === "open" || textOf(record, "earnedOn") >= sinceDate),
        ...lapses.filter((record) => textOf(record, "bookedOn") >= sinceDate),
      ];
    },
    async aboutPerson(memberId) {
      return (["proposal", "request", "review"] as const)
        .flatMap((kind) => records.where("byKind", kind).toSorted((a, b) => byText(a.id, b.id)))
        .filter((record) => textOf(record, "memberId") === memberId);
    },
    async lapses(memberIds) {
      return foundOnce(memberIds, (memberId) => records.where("lapsesByMember", memberId)).flat();
    },
    async proposalsHeldBy(incarnation) {
      return records.where("proposalsByHolder", incarnation).toSorted((a, b) => byText(a.id, b.id));
    },
    async holdsOf(incarnation) {
      return records.where("holdsByHolder", incarnation).toSorted((a, b) => byText(a.id, b.id));
    },
    async openRecalls(memberIds) {
      return foundOnce(memberIds, (memberId) => records.where("openRecalls", memberId))
        .flat()
        .toSorted((a, b) => byText(a.id, b.id));
    },
    async cardRangesOver(cardNumbers) {
      const isOver = (range: StoredRecord) => (cardNumber: string) => {
        const [first, last] = [textOf(range, "first"), textOf(range, "last")];
        return cardNumber.length === first.length && cardNumber >= first && cardNumber <= last;
      };
      return records.where("byKind", "cardRange").filter((range) => cardNumbers.some(isOver(range)));
    },
    async giftMovesSinceCount() {
      const moves = records.where("byKind", "stockMove").filter((move) => textOf(move, "itemKind") === "gift");
      const ofShelf = (move: StoredRecord): string => `${textOf(move, "branchId")} ${textOf(move, "itemId")}`;
      return [...Map.groupBy(moves, ofShelf)]
        .toSorted(([a], [b]) => byText(a, b))
        .flatMap(([, some]) => {
          const counts = some.filter((move) => textOf(move, "why") === "counted").map((move) => textOf(move, "hlc"));
          const last = counts.toSorted(byText).at(-1);
          return some.filter((move) => last === undefined || textOf(move, "hlc") >= last);
        });
    },
    async openRequests({ receiptNumbers, replica }) {
      return records.where("openRequests", "open").filter((request) => {
        const [kind, reference] = [textOf(request, "kind"), textOf(request, "reference")];
        return (kind === "refund" && receiptNumbers.includes(reference)) || (kind === "void" && reference.startsWith(`${replica}-`));
      });
    },
    // One write at a time is made here anyhow.
    async takeTurn() {},
    async purchasesWithOwner() {
      return records
        .where("byKind", "keptPurchase")
        .filter((purchase) => textOf(purchase, "state") === "open")
        .toSorted((a, b) => Number(a.doc["keptAtMs"]) - Number(b.doc["keptAtMs"]) || byText(a.id, b.id))
        .flatMap((purchase) => {
          const card = cards.get(textOf(purchase, "cardNumber"));
          return card ? [{ purchaseId: purchase.id, memberId: card.memberId }] : [];
        });
    },
    async purchasesUnclaimed(keptBeforeMs) {
      return records
        .where("byKind", "keptPurchase")
        .filter((purchase) => textOf(purchase, "state") === "open" && Number(purchase.doc["keptAtMs"]) < keptBeforeMs)
        .toSorted((a, b) => Number(a.doc["keptAtMs"]) - Number(b.doc["keptAtMs"]) || byText(a.id, b.id));
    },
    async sentRequests(origin) {
      const sent = records.where("byKind", "request").filter(({ doc }) => doc["state"] === "sent" && doc["origin"] === origin);
      return sent.toSorted((a, b) => byText(a.id, b.id));
    },
    async latestProposals() {
      const isOpen = (record: StoredRecord): number => (textOf(record, "state") === "open" ? 1 : 0);
      return records
        .where("byKind", "proposal")
        .toSorted((a, b) => isOpen(b) - isOpen(a) || Number(b.doc["proposedAtMs"]) - Number(a.doc["proposedAtMs"]))
        .slice(0, 500);
    },
    async balances(memberNumbers, today) {
      const members =
        memberNumbers === undefined
          ? records.where("byKind", "member")
          : foundOnce(memberNumbers, (memberNumber) => records.find("record_member_number", memberNumber));
      return new Map(
        members.flatMap((member) => {
          const balance = records.get(`balance/${member.id}`);
          return balance ? [[textOf(member, "memberNumber"), balanceAsOf(balance, today)] as const] : [];
        }),
      );
    },
    async save(changed) {
      refuseTwice(changed.map(keyOf));
      for (const { hash, ...record } of changed) {
        records.put(record);
        if (hash !== undefined) recordHashes.put({ kind: record.kind, id: record.id, hash });
      }
    },
  };
}
