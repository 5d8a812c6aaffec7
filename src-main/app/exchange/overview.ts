import type { ExchangeLine, ExchangeOverview } from "#shared/contracts/sync-state.ts";
import { signedPoints } from "#shared/domain/ledger/movement.ts";
import type { OperationState } from "#main/app/ports/exchange-store.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";

const linesMax = 200;

/** How this station and head office stand: what is theirs, what is on its way, and what may be spent here in between. */
export const makeExchangeOverview =
  ({ store }: Ports) =>
  (): ExchangeOverview =>
    store.read((view) => ({
      headOffice: view.identity()?.headOfficeUrl ?? null,
      entries: view.exchange.entries(),
      rights: view.rights.sum(),
    }));

/** The entries in one state, oldest first: that one has waited longest, or came before what waits behind it. */
export const makeExchangeEntries =
  ({ store }: Ports) =>
  ({ state }: { readonly state: Exclude<OperationState, "applied"> }): { lines: ExchangeLine[]; isCut: boolean } =>
    store.read((view) => {
      const operations = view.operations.inState(state, linesMax + 1);
      return { lines: operations.slice(0, linesMax).map((op) => lineOf(view, op)), isCut: operations.length > linesMax };
    });

function lineOf(view: Reading, op: LoggedOperation): ExchangeLine {
  const { memberId } = op;
  const name = memberId === null ? null : (view.members.find(memberId)?.name ?? view.directory.find(memberId)?.nameMasked ?? null);
  return {
    opId: op.opId,
    atMs: op.body.at,
    type: op.type,
    memberId,
    name,
    points: signedPoints(op),
    operator: view.staff.find(op.body.by)?.displayName ?? op.body.by,
    code: op.stateCode,
  };
}
