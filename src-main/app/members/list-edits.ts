import type { EditView } from "#shared/contracts/members.ts";
import { sameJson } from "#shared/std/json.ts";
import { memberPatch, type MemberPatchData, type MemberPatchPersonal } from "#shared/domain/members/ops.ts";
import type { MemberFacts, MemberRecord } from "#shared/domain/members/member.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";
import { masked } from "./change-member.ts";

const lookedAtMax = 500;

/** Edits of this station of which head office kept something else: what stands now, and what was meant, so that it can be sent again. */
export const makeListEdits =
  ({ store }: Ports) =>
  (): { edits: EditView[] } =>
    store.read((view) => {
      const edits = view.operations.list({ types: [memberPatch.type], limit: lookedAtMax });
      return {
        edits: edits.flatMap((op, i) => {
          const isSentAgain = edits.slice(0, i).some((later) => isAboutSame(later, op));
          return isSentAgain ? [] : (viewEdit(view, op) ?? []);
        }),
      };
    });

const dataOfEdit = (op: LoggedOperation): MemberPatchData => op.body.d as MemberPatchData;

function isAboutSame(one: LoggedOperation, other: LoggedOperation): boolean {
  const [a, b] = [dataOfEdit(one), dataOfEdit(other)];
  return a.memberId === b.memberId && a.fields.some((field) => b.fields.includes(field));
}

function viewEdit(view: Reading, op: LoggedOperation): EditView | undefined {
  const { memberId, fields } = dataOfEdit(op);
  const member = view.members.find(memberId);
  if (op.state !== "flagged" || !op.personal || !member) return undefined;
  const { after } = op.personal as MemberPatchPersonal;
  const lost = fields.filter((field) => !sameJson(member[field], after[field]));
  if (lost.length === 0) return undefined;
  const review = view.reviews.ofMember(memberId).find(({ proposed }) => sameJson(proposed, pick(after, Object.keys(proposed))));
  return {
    opId: op.opId,
    atMs: op.body.at,
    memberId,
    name: member.name,
    operator: view.staff.find(op.body.by)?.displayName ?? op.body.by,
    why: !review || review.state === "accepted" ? "overtaken" : review.state === "open" ? "inReview" : "reviewKept",
    yours: masked(pick(after, lost)),
    kept: masked(pick(member, lost)),
    reason: review?.reason ?? null,
  };
}

const pick = (facts: MemberFacts | MemberRecord, fields: readonly string[]): MemberFacts =>
  Object.fromEntries(Object.entries(facts).filter(([field]) => fields.includes(field)));
