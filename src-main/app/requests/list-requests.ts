import type { RequestView } from "#shared/contracts/requests.ts";
import { maskName } from "#shared/domain/members/masking.ts";
import { signedPoints } from "#shared/domain/ledger/movement.ts";
import type { RequestRecord } from "#shared/domain/requests/request.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";

const shownMax = 200;

/** What this counter asked, and what it is asked: what waits comes first, then the newest. */
export const makeListRequests =
  ({ store }: Ports) =>
  (): { mine: RequestView[]; toUs: RequestView[] } =>
    store.read((view) => {
      const replica = view.identity()?.replica;
      const all = view.requests.all();
      const shown = (of: readonly RequestRecord[]): RequestView[] =>
        of
          .toSorted((a, b) => Number(isWaiting(b)) - Number(isWaiting(a)) || b.askedAtMs - a.askedAtMs)
          .slice(0, shownMax)
          .map((request) => viewRequest(view, request));
      return {
        mine: shown(all.filter((request) => request.replica === replica)),
        toUs: shown(all.filter((request) => request.origin === replica && request.replica !== replica)),
      };
    });

const isWaiting = ({ state }: RequestRecord): boolean => state === "open" || state === "sent";

function viewRequest(view: Reading, request: RequestRecord): RequestView {
  const { kind, state, reference, refundFen, askedAtMs, reason, code, answer, memberId, opId } = request;
  const member = memberId === null ? undefined : view.members.find(memberId);
  const line = memberId === null || member ? undefined : view.directory.find(memberId);
  const entry = opId === null ? undefined : view.operations.find(opId);
  const entryPoints = entry ? signedPoints(entry) : null;
  return {
    id: request.requestId,
    kind,
    state,
    reference,
    refundFen,
    askedAtMs,
    reason,
    code,
    answer,
    memberId,
    askedBy: view.staff.find(request.askedBy)?.displayName ?? null,
    name: member ? maskName(member.name) : (line?.nameMasked ?? null),
    points: request.points ?? (entryPoints === null ? null : -entryPoints),
  };
}
