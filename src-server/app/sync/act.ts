import { decideProposal } from "#server/app/decide-proposal.ts";
import type { SyncRefusal } from "#server/app/head-office.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { ActReply, ActRequest } from "#shared/contracts/sync/wire.ts";
import { staffRecord, type StaffRecord } from "#shared/domain/staff/staff.ts";
import type { Result } from "#shared/std/result.ts";
import { isId } from "#server/app/ids.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";

/** Does for a person at a station what only head office may do. The station names the person; what that person may, is looked up here. */
export const makeAct =
  (ports: Ports) =>
  async (token: string, request: ActRequest): Promise<Result<ActReply, SyncRefusal>> => {
    const acted = await ports.store.write(async (tx): Promise<Result<ActReply, SyncRefusal>> => {
      const speaker = await identifySpeaker(tx, ports, token, request);
      if (!speaker.ok) return speaker;
      if (!isId(request.actId)) return refuse(400, "MALFORMED");
      const person = await findActive(tx, request.by);
      // Nobody signs in at a station of another branch, so nobody decides from there.
      const mayBeThere = person && (person.branchId === null || person.branchId === speaker.value.station.branchId);
      if (!mayBeThere) return refuse(403, "FORBIDDEN", { permission: "proposal.decide" });
      return decideProposal(ports, tx, person, { requestId: request.actId, ...request.body });
    });
    if (acted.ok) ports.notifier.published();
    return acted;
  };

async function findActive(tx: Transaction, staffId: string): Promise<StaffRecord | undefined> {
  const [record] = await tx.records.find([{ kind: "staff", id: staffId }]);
  const person = record && staffRecord.parse(record.doc);
  return person?.isActive ? person : undefined;
}
