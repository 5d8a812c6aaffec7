import type { Slip } from "#shared/contracts/slips.ts";
import { maskName } from "#shared/domain/members/masking.ts";
import { slipOf, writeSlip } from "#shared/domain/operations/slip-number.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { branchName, viewMember } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { makeJournal } from "./journal.ts";

/** The slip of the newest act of the day, to be printed again: paper jams, and customers come back for it. */
export function makeLastSlip(ports: Ports) {
  const journal = makeJournal(ports);
  return (by: Operator): Slip | null => {
    const line = journal(by).find(({ memberId }) => memberId !== null);
    if (!line || line.memberId === null) return null;
    const { memberId, opId, atMs, kind, points, detail, planName, reasonName, isVoided, operator } = line;
    return ports.store.read((view) => {
      const self = view.identity();
      const member = viewMember(view, memberId, { today: ports.clock.businessDate() });
      const op = view.operations.find(opId);
      if (!self || !member || !op) return null;
      const { memberNumber, name, card, balance } = member;
      return {
        opId,
        slip: writeSlip(slipOf({ replica: self.replica, seq: op.seq, opId })),
        atMs,
        kind,
        points,
        detail,
        planName,
        reasonName,
        isVoided,
        operator,
        memberNumber,
        nameMasked: maskName(name),
        cardLast4: card?.last4 ?? null,
        branch: branchName(view, self.branchId),
        stationNumber: self.replica,
        balance: balance.balance,
        asOfMs: balance.asOfMs,
      };
    });
  };
}
