import type { SyncRefusal } from "#server/app/head-office.ts";
import type { FoundMember } from "#server/app/ports/find-store.ts";
import type { Card } from "#server/app/ports/ledger-store.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { FindReply, FindRequest, FoundAtHeadOffice } from "#shared/contracts/sync/wire.ts";
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
      const shown = found.slice(0, foundMax);
      const memberIds = shown.map(({ member }) => member.memberId);
      await tx.finds.log({ atMs: asOfMs, staffId: person.staffId, replica: station.replica, kind, memberIds });
      const cards = await tx.ledger.cards({ memberIds, cardNumbers: [] });
      return ok({ members: shown.map((each) => view(each, cards)), isCut: found.length > foundMax, asOfMs });
    });

function view({ member, balance, isInScope }: FoundMember, cards: readonly Card[]): FoundAtHeadOffice {
  const { memberId, memberNumber, name, phones, state, homeBranch } = member;
  const own = cards.filter((card) => card.memberId === memberId);
  const card = own.find((each) => each.state === "active") ?? own[0];
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
