import { erasePerson, findErasure } from "#server/app/erasure/erase-person.ts";
import { findAbout } from "#server/app/erasure/find-about.ts";
import { keyOfErasure } from "#server/app/erasure/forgotten.ts";
import { newId } from "#server/app/ids.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { aliasesAround, openWork } from "#server/app/operations/work.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type {
  askErasureAct,
  eraseAct,
  ErasurePreview,
  ListedErasure,
  listErasuresAct,
  previewErasureAct,
  withdrawErasureAct,
} from "#shared/contracts/acts/erasures.ts";
import type { BalanceRecord } from "#shared/contracts/sync/feed.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { namesOf } from "#shared/domain/members/alias.ts";
import { erasureRecord, type ErasureRecord } from "#shared/domain/members/erasure.ts";
import { memberAskErasure, memberWithdrawErasure } from "#shared/domain/members/erasure-ops.ts";
import { memberRecord } from "#shared/domain/members/member.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";
import { namesOfStaff } from "./staff-names.ts";

/** A counter that was heard since then has heard of it, or hears it the next time it says anything. */
const silentMs = 24 * 60 * 60 * 1000;

export const listErasures: ActHandler<typeof listErasuresAct> = async ({ tx }) => {
  const erasures = (await tx.records.ofKind("erasure")).map(({ doc }) => erasureRecord.parse(doc));
  const members = await tx.records.find(erasures.map(({ memberId }): RecordKey => ({ kind: "member", id: memberId })));
  const numbers = new Map(members.map(({ id, doc }) => [id, memberRecord.parse(doc).memberNumber]));
  const names = await namesOfStaff(tx, erasures.flatMap(peopleOf));
  const listed = erasures.map((erasure): ListedErasure => ({
    memberId: erasure.memberId,
    memberNumber: numbers.get(erasure.memberId) ?? "",
    ...named(erasure, names),
  }));
  return ok({ erasures: listed.toSorted((a, b) => (dateOf(a) < dateOf(b) ? 1 : -1)) });
};

const peopleOf = ({ askedBy, doneBy }: ErasureRecord): readonly string[] => [askedBy, ...(doneBy === null ? [] : [doneBy])];
const dateOf = ({ doneOn, askedOn }: Pick<ErasureRecord, "doneOn" | "askedOn">): string => doneOn ?? askedOn;
const named = ({ state, askedBy, askedOn, doneBy, doneOn }: ErasureRecord, names: ReadonlyMap<string, string>) => ({
  state,
  askedBy: names.get(askedBy) ?? null,
  askedOn,
  doneBy: names.get(doneBy ?? "") ?? null,
  doneOn,
});

/** What would go, and what would stay. */
export const previewErasure: ActHandler<typeof previewErasureAct> = async ({ ports, tx, by }, { memberNumber }) => {
  const [found] = await tx.records.membersNumbered([memberNumber]);
  if (!found) return err({ code: "MEMBER_NOT_FOUND" });
  const member = memberRecord.parse(found.doc);
  const { memberId, name, phones, birthday, address } = member;
  const { about } = await findAbout(tx, memberId);
  const erasure = await findErasure(tx, memberId);
  const [branch] = await tx.records.find([{ kind: "branch", id: member.homeBranch }]);
  const [balance] = await tx.records.find([{ kind: "balance", id: memberId }]);
  const figures = balance?.doc as BalanceRecord | undefined;
  const cards = await tx.ledger.cards({ memberIds: [memberId], cardNumbers: [] });
  return ok({
    memberId,
    memberNumber,
    homeBranch: branch ? branchRecord.parse(branch.doc).name : member.homeBranch,
    erasure: erasure ? { ...named(erasure, await namesOfStaff(tx, peopleOf(erasure))), isOwn: erasure.askedBy === by.staffId } : null,
    goes: {
      name,
      phones: phones.length,
      hasBirthday: birthday !== null,
      hasAddress: address !== "",
      entries: await tx.inbox.countPersonal(about),
      cards: cards.filter(({ state }) => state === "active").length,
    },
    stays: { balance: figures?.balance ?? 0, debt: figures?.debt ?? 0 },
    silent: await silentStations(tx, ports.machine.clock.nowMs()),
  });
};

async function silentStations(tx: Transaction, nowMs: number): Promise<ErasurePreview["silent"]> {
  const stations = (await tx.stations.overview()).filter(({ lastContactMs, state }) => {
    return state !== "revoked" && nowMs - (lastContactMs ?? 0) > silentMs;
  });
  const branches = await tx.records.find(stations.map(({ branchId }): RecordKey => ({ kind: "branch", id: branchId })));
  const names = new Map(branches.map(({ id, doc }) => [id, branchRecord.parse(doc).name]));
  return stations.map(({ branchId, replica, lastContactMs }) => ({ branch: names.get(branchId) ?? branchId, replica, lastContactMs }));
}

export const askErasure: ActHandler<typeof askErasureAct> = async ({ ports: { machine, identity }, tx, by }, { requestId, memberId }) => {
  const work = await openWork(tx, machine, identity, { memberIds: [memberId], records: [keyOfErasure(memberId)] });
  if (!work.books.records.find("member", memberId)) return err({ code: "MEMBER_NOT_FOUND" });
  const state = work.books.records.find("erasure", memberId)?.doc["state"];
  if (state === "done") return err({ code: "ALREADY_ERASED" });
  if (state === "asked") return err({ code: "ERASURE_ASKED" });
  const on = businessDateOf(machine.clock.nowMs());
  await work.own.write(memberAskErasure, { opId: requestId, by: by.staffId, d: { memberId, on } });
  await finishWork(work);
  return ok({});
};

export const withdrawErasure: ActHandler<typeof withdrawErasureAct> = async (
  { ports: { machine, identity }, tx, by },
  { requestId, memberId },
) => {
  const work = await openWork(tx, machine, identity, { memberIds: [memberId], records: [keyOfErasure(memberId)] });
  const state = work.books.records.find("erasure", memberId)?.doc["state"];
  if (state === "done") return err({ code: "ALREADY_ERASED" });
  if (state !== "asked") return err({ code: "ERASURE_NOT_ASKED" });
  await work.own.write(memberWithdrawErasure, { opId: requestId, by: by.staffId, d: { memberId } });
  await finishWork(work);
  return ok({});
};

/** Two persons: whoever asked for it does not do it. */
export const confirmErasure: ActHandler<typeof eraseAct> = async ({ ports, tx, by }, { requestId, memberId }) => {
  // Whoever joined twice is forgotten under each of the names.
  const aliases = await aliasesAround(tx, [memberId]);
  const names = namesOf(memberId, (id) => aliases.get(id));
  await tx.ledger.lock(names);
  const erasure = await findErasure(tx, memberId);
  if (erasure?.state === "done") return err({ code: "ALREADY_ERASED" });
  if (erasure?.state !== "asked") return err({ code: "ERASURE_NOT_ASKED" });
  if (erasure.askedBy === by.staffId) return err({ code: "OWN_ERASURE" });
  const on = businessDateOf(ports.machine.clock.nowMs());
  const { askedBy, askedOn } = erasure;
  let entries = 0;
  for (const name of names) {
    const opId = name === memberId ? requestId : newId(ports.machine);
    entries += await erasePerson(ports, tx, name, { opId, by: by.staffId, askedBy, askedOn, on });
  }
  return ok({ on, entries });
};
