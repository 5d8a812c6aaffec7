import { visitsListed, type Reading } from "#main/app/ports/store.ts";
import { z } from "zod";
import { unfinishedCard } from "#shared/domain/cards/unfinished-card.ts";
import { pointsVoidAward } from "#shared/domain/earning/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { People } from "./people.ts";
import { cardHash } from "./stores/directory.ts";
import type { Tables } from "./tables.ts";
import { mendedOf } from "./told-copy.ts";

/** What may be asked of the file. What is asked of a member is answered for the person, under all names that are one now. */
export const makeReading = (
  {
    identity,
    operations,
    cursors,
    members,
    directory,
    cards,
    records,
    erasures,
    ledger,
    receipts,
    signIns,
    stock,
    devices,
    shifts,
    meta,
  }: Tables,
  { current, namesOf, ofPerson }: People,
): Omit<Reading, "precious"> => ({
  identity: identity.get,
  operations: {
    find: operations.find,
    groupOf: operations.groupOf,
    list: operations.list,
    visits: (memberId) =>
      ofPerson(operations.visits)(memberId)
        .toSorted((a, b) => b.atMs - a.atMs)
        .slice(0, visitsListed),
    count: operations.count,
    inState: operations.inState,
    undoOf: operations.undoOf,
  },
  shift: shifts,
  members: { ...members, current, namesOf },
  directory,
  cards: {
    find: cards.find,
    idOf: (cardNumber) => cardHash(identity.get()?.directoryKey ?? new Uint8Array(), cardNumber),
    ofMember: (memberId) =>
      ofPerson(cards.ofMember)(memberId).toSorted((a, b) => Number(b.state === "active") - Number(a.state === "active")),
    kinds: () => records.all("cardKind"),
    ranges: () => records.all("cardRange"),
  },
  gifts: { all: () => records.all("gift"), find: (giftId) => records.find("gift", giftId)?.doc },
  stock,
  pools: {
    find: (poolId) => records.find("pool", poolId)?.doc,
    member: (memberId) => records.find("poolMember", memberId)?.doc,
    figures: (poolId) => records.find("poolFigures", poolId)?.doc,
    notExchanged: ledger.unsettledOfOwner,
  },
  rules: { all: () => records.all("rule") },
  tiers: { schemes: () => records.all("tierScheme"), find: (memberId) => records.find("tier", memberId)?.doc },
  capUses: { find: (memberId) => records.find("capUse", memberId)?.doc },
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
    ofMember: (memberId) => records.all("review").filter((review) => current(review.memberId) === current(memberId)),
  },
  keptPurchases: { all: () => records.all("keptPurchase") },
  verdicts: { all: () => records.all("verdict") },
  erasures: {
    find: erasures.find,
    leftInCopies: () => {
      const upTo = meta.int("forgets");
      if (upTo <= meta.int("forgetsInCopies")) return undefined;
      const requests = records.all("request").filter(({ memberId }) => memberId !== null && erasures.has(memberId));
      return { upTo, erasures: erasures.all(), requests };
    },
  },
  requests: { find: (requestId) => records.find("request", requestId)?.doc, all: () => records.all("request") },
  holds: { find: (holdId) => records.find("hold", holdId)?.doc, open: records.openHolds },
  rights: {
    of: ofPerson(ledger.heldOfMember),
    heldOf: ledger.heldOf,
    sum: () => ledger.heldSum(records.all("rule").flatMap(({ budget }) => budget?.itemId ?? [])),
    lapsed: ledger.lapsed,
    all: ledger.heldByMember,
  },
  recalls: { open: () => records.all("recall").filter(({ state }) => state === "open") },
  receipts,
  balances: {
    find: (memberId) => {
      const found = records.find("balance", memberId);
      return found && { record: found.doc, asOfMs: found.asOfMs };
    },
    notExchanged: ofPerson(operations.unsettledOf),
    notExchangedSums: (memberId) => {
      const sums = namesOf(memberId).map(operations.unsettledSums);
      const total = (figure: keyof (typeof sums)[number]): number => sums.reduce((sum, each) => sum + each[figure], 0);
      return { change: total("change"), operations: total("operations"), proposed: total("proposed") };
    },
    notExchangedLots: ofPerson((memberId) => {
      // The rest of a void is head office's to take, so it stands in no entry here.
      const rests = new Map<string, number>();
      for (const op of operations.unsettledOfType(memberId, pointsVoidAward.type)) {
        const voiding = dataOf(op, pointsVoidAward);
        if (voiding) rests.set(voiding.undoes, voiding.rest);
      }
      return ledger.unsettledLots(memberId).map((line) => ({ ...line, points: line.points - (rests.get(line.lotId) ?? 0) }));
    }),
  },
  signIns: { failures: signIns.failures },
  settings: { idleLockMinutes: () => (meta.text("idleLockMinutes") === undefined ? undefined : meta.int("idleLockMinutes")) },
  unfinishedCards: () => z.array(unfinishedCard).parse(JSON.parse(meta.text("unfinishedCards") ?? "[]")),
  devices: { find: devices.find, all: devices.all },
  exchange: {
    depositedKeyId: () => meta.text("depositedKeyId") ?? "",
    lastContactMs: () => meta.int("lastContactMs") || null,
    entries: operations.entries,
    waiting: operations.waiting,
    cursors: cursors.all,
    mended: () => mendedOf(meta),
  },
});
