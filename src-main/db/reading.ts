import type { Reading } from "#main/app/ports/store.ts";
import { pointsVoidAward } from "#shared/domain/earning/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { cardHash } from "./stores/directory.ts";
import type { Tables } from "./tables.ts";

/** What may be asked of the file. */
export const makeReading = ({
  identity,
  operations,
  members,
  directory,
  cards,
  records,
  ledger,
  receipts,
  signIns,
  stock,
  devices,
  shifts,
  meta,
}: Tables): Omit<Reading, "precious"> => ({
  identity: identity.get,
  operations: {
    find: operations.find,
    groupOf: operations.groupOf,
    list: operations.list,
    visits: operations.visits,
    count: operations.count,
    inState: operations.inState,
    undoOf: operations.undoOf,
  },
  shift: shifts,
  members,
  directory,
  cards: { find: cards.find, ofMember: cards.ofMember, kinds: () => records.all("cardKind"), ranges: () => records.all("cardRange") },
  gifts: { all: () => records.all("gift"), find: (giftId) => records.find("gift", giftId)?.doc },
  stock,
  rules: { all: () => records.all("rule") },
  plans: { all: () => records.all("plan") },
  dictionaries: { all: () => records.all("dictionaryEntry") },
  branches: { all: () => records.all("branch") },
  staff: {
    find: (staffId) => records.find("staff", staffId)?.doc,
    findByUserName: (userName) => records.all("staff").find((staff) => staff.userName === userName),
    findByCard: (cardNumber) => {
      const key = identity.get()?.directoryKey;
      const hash = key && cardHash(key, cardNumber);
      return hash === undefined ? undefined : records.all("staff").find(({ isActive, card }) => isActive && card?.hash === hash);
    },
  },
  proposals: { find: (proposalId) => records.find("proposal", proposalId)?.doc, all: () => records.all("proposal") },
  reviews: {
    find: (reviewId) => records.find("review", reviewId)?.doc,
    all: () => records.all("review"),
    ofMember: (memberId) => records.all("review").filter((review) => review.memberId === memberId),
  },
  keptPurchases: { all: () => records.all("keptPurchase") },
  verdicts: { all: () => records.all("verdict") },
  requests: { find: (requestId) => records.find("request", requestId)?.doc, all: () => records.all("request") },
  holds: { find: (holdId) => records.find("hold", holdId)?.doc, open: records.openHolds },
  rights: { of: ledger.heldOfMember, heldOf: ledger.heldOf, sum: ledger.heldSum, lapsed: ledger.lapsed },
  receipts,
  balances: {
    find: (memberId) => {
      const found = records.find("balance", memberId);
      return found && { record: found.doc, asOfMs: found.asOfMs };
    },
    notExchanged: operations.unsettledOf,
    notExchangedSums: operations.unsettledSums,
    notExchangedLots: (memberId) => {
      // The rest of a void is head office's to take, so it stands in no entry here.
      const rests = new Map<string, number>();
      for (const op of operations.unsettledOfType(memberId, pointsVoidAward.type)) {
        const voiding = dataOf(op, pointsVoidAward);
        if (voiding) rests.set(voiding.undoes, voiding.rest);
      }
      return ledger.unsettledLots(memberId).map((line) => ({ ...line, points: line.points - (rests.get(line.lotId) ?? 0) }));
    },
  },
  signIns: { failures: signIns.failures },
  settings: { idleLockMinutes: () => (meta.text("idleLockMinutes") === undefined ? undefined : meta.int("idleLockMinutes")) },
  devices: { find: devices.find, all: devices.all },
  exchange: {
    depositedKeyId: () => meta.text("depositedKeyId") ?? "",
    lastContactMs: () => meta.int("lastContactMs") || null,
    entries: operations.entries,
    waiting: operations.waiting,
  },
});
