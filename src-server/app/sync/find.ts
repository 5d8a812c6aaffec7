import type { SyncRefusal } from "#server/app/head-office.ts";
import type { FoundMember } from "#server/app/ports/find-store.ts";
import { aliasesAround } from "#server/app/operations/work.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { Card } from "#server/app/ports/ledger-store.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { FindReply, FindRequest, FoundAtHeadOffice } from "#shared/contracts/sync/wire.ts";
import { currentMember, namesOf } from "#shared/domain/members/alias.ts";
import { memberRecord } from "#shared/domain/members/member.ts";
import { maskName, maskPhone } from "#shared/domain/members/masking.ts";
import { may, roleRights } from "#shared/domain/staff/roles.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { personAt } from "./person-at.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";

const foundMax = 20;
/** More than anybody serves in that time, and far too few to copy the customers by. */
const looksMax = 30;
const looksWithinMs = 60_000;

/**
 * Looks for members on behalf of a person at a station. A whole card, phone or member number finds anybody, masked outside the person's
 * data scope; a part finds nobody outside it. Who looked, and who was shown, stays in a log.
 */
export const makeFind =
  ({ store, ...ports }: Ports) =>
  async (token: string, request: FindRequest): Promise<Result<FindReply, SyncRefusal>> =>
    store.write(async (tx): Promise<Result<FindReply, SyncRefusal>> => {
      const speaker = await identifySpeaker(tx, { store, ...ports }, token, request);
      if (!speaker.ok) return speaker;
      const { station } = speaker.value;
      const person = await personAt(tx, station, request.by);
      if (!person || !may(person, "member.read")) return refuse(403, "FORBIDDEN", { permission: "member.read" });
      const asOfMs = ports.machine.clock.nowMs();
      if ((await tx.finds.countSince(person.staffId, asOfMs - looksWithinMs)) >= looksMax) return refuse(403, "LOOKED_TOO_OFTEN");

      const isBound = roleRights[person.role].scope === "branch";
      const { kind, value } = request;
      const found = await tx.finds.members({
        kind,
        value,
        scopeBranchId: isBound ? person.branchId : null,
        today: businessDateOf(asOfMs),
        limit: foundMax + 1,
      });
      const aliases = await aliasesAround(
        tx,
        found.map(({ member }) => member.memberId),
      );
      const aliasOf = (memberId: string) => aliases.get(memberId);
      const shown = await asNowNamed(tx, found.slice(0, foundMax), (memberId) => currentMember(memberId, aliasOf));
      const memberIds = shown.map(({ member }) => member.memberId);
      await tx.finds.log({ atMs: asOfMs, staffId: person.staffId, replica: station.replica, kind, memberIds });
      const names = new Map(memberIds.map((memberId) => [memberId, namesOf(memberId, aliasOf)]));
      const cards = await tx.ledger.cards({ memberIds: [...names.values()].flat(), cardNumbers: [] });
      const cardsOf = (memberId: string) => cards.filter((card) => names.get(memberId)?.includes(card.memberId));
      return ok({ members: shown.map((each) => view(each, cardsOf(each.member.memberId))), isCut: found.length > foundMax, asOfMs });
    });

/** Who is found by a number or a phone from before a merge is shown as the member that they are now. */
async function asNowNamed(
  tx: Transaction,
  found: readonly FoundMember[],
  nameNow: (memberId: string) => string,
): Promise<readonly FoundMember[]> {
  const keys = found.map(({ member }): RecordKey => ({ kind: "member", id: nameNow(member.memberId) }));
  const now = new Map((await tx.records.find(keys)).map(({ id, doc }) => [id, memberRecord.parse(doc)]));
  const named = found.map((each) => ({ ...each, member: now.get(nameNow(each.member.memberId)) ?? each.member }));
  return [...new Map(named.map((each) => [each.member.memberId, each])).values()];
}

function view({ member, balance, isInScope }: FoundMember, own: readonly Card[]): FoundAtHeadOffice {
  const { memberId, memberNumber, name, phones, state, homeBranch } = member;
  const mainCards = own.filter(({ mainCard }) => mainCard === null);
  const card = mainCards.find((each) => each.state === "active") ?? mainCards[0];
  return {
    memberId,
    memberNumber,
    name: isInScope ? name : maskName(name),
    phonesMasked: phones.map(maskPhone),
    state,
    homeBranch,
    card: card ? { cardKind: card.cardKind, last4: card.cardNumber.slice(-4), state: card.state } : null,
    balance,
  };
}
