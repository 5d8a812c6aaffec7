import type { ExchangeLine, ExchangeOverview } from "#shared/contracts/sync-state.ts";
import { signedPoints } from "#shared/domain/ledger/movement.ts";
import type { VerdictRecord } from "#shared/domain/verdicts/verdict.ts";
import type { EarlierLife, OperationState } from "#main/app/ports/exchange-store.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";

const linesMax = 200;

/** How this station and head office stand: what is theirs, what is on its way, and what may be spent here in between. */
export const makeExchangeOverview =
  ({ store }: Ports) =>
  (): ExchangeOverview =>
    store.read((view) => {
      const { flagged, applied, ...entries } = view.exchange.entries();
      const seen = [...decisionsBy(view).values()].filter(({ outcome }) => outcome === "flagged").length;
      return {
        headOffice: view.identity()?.headOfficeUrl ?? null,
        entries: { ...entries, applied: applied + seen, flagged: flagged - seen },
        rights: view.rights.sum(),
        putBack: putBackOf(view.identity()?.earlierLives ?? []),
        mended: view.exchange.mended() ?? null,
      };
    });

/** A life that was split off began within the one before it in the log. */
function putBackOf(lives: readonly EarlierLife[]): ExchangeOverview["putBack"] {
  if (lives.length === 0) return null;
  const isApart = ({ forkedFrom }: EarlierLife, i: number): boolean =>
    forkedFrom !== undefined && forkedFrom.incarnation === lives[i - 1]?.incarnation;
  return {
    cameBack: lives.reduce((sum, { operations, forkedAt = operations }) => sum + operations - forkedAt, 0),
    apart: lives.filter(isApart).reduce((sum, { operations }) => sum + operations, 0),
    isComplete: lives.every((life) => life.isComplete === true),
  };
}

/** The entries in one state, oldest first: that one has waited longest, or came before what waits behind it. */
export const makeExchangeEntries =
  ({ store }: Ports) =>
  ({ state }: { readonly state: Exclude<OperationState, "applied"> }): { lines: ExchangeLine[]; isCut: boolean } =>
    store.read((view) => {
      const decisions = decisionsBy(view);
      const isSeen = ({ opId }: LoggedOperation): boolean => decisions.get(opId)?.outcome === "flagged";
      const operations = view.operations.inState(state, linesMax + 1);
      const lines = operations.slice(0, linesMax).filter((op) => !isSeen(op));
      return { lines: lines.map((op) => lineOf(view, op, decisions.get(op.opId))), isCut: operations.length > linesMax };
    });

/** What people at head office decided, by the operation; what head office did of its own accord is no decision. */
function decisionsBy(view: Reading): ReadonlyMap<string, VerdictRecord> {
  return new Map(view.verdicts.all().flatMap((verdict) => (verdict.reason === null ? [] : [[verdict.opId, verdict] as const])));
}

function lineOf(view: Reading, op: LoggedOperation, decision: VerdictRecord | undefined): ExchangeLine {
  const { memberId } = op;
  const name = memberId === null ? null : (view.members.find(memberId)?.name ?? view.directory.find(memberId)?.nameMasked ?? null);
  const nameOf = (staffId: string): string | null => view.staff.find(staffId)?.displayName ?? null;
  return {
    opId: op.opId,
    atMs: op.body.at,
    type: op.type,
    memberId,
    name,
    points: signedPoints(op),
    operator: nameOf(op.body.by),
    code: op.stateCode,
    decision: decision ? { by: nameOf(decision.decidedBy), atMs: decision.decidedAtMs, reason: decision.reason ?? "" } : null,
  };
}
