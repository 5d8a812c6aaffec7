import type { MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { sameJson } from "#shared/std/json.ts";
import type { MemberFacts, MemberField } from "#shared/domain/members/member.ts";
import { memberPatch, type MemberPatchPersonal } from "#shared/domain/members/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { mustView } from "./must-view.ts";

type Refusal = { code: "OPERATION_NOT_FOUND" | "MEMBER_NOT_FOUND" | "NOTHING_CHANGED" | "REQUEST_ID_REUSED" };

/** Writes an edit anew, in the place of what is known now: its author has read that. */
export const makeSendEditAgain =
  ({ store, clock }: Ports) =>
  ({ requestId, opId }: { requestId: string; opId: string }, by: Operator): Result<MemberCard, Refusal> =>
    store.write((tx): Result<MemberCard, Refusal> => {
      const today = clock.businessDate();
      const edit = tx.operations.find(opId);
      const d = edit && dataOf(edit, memberPatch);
      if (!edit?.personal || !d) return err({ code: "OPERATION_NOT_FOUND" });
      const { memberId } = d;
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, memberPatch, { memberId }) ? ok(mustView(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });
      const member = tx.members.find(memberId);
      if (!member) return err({ code: "MEMBER_NOT_FOUND" });
      const { after } = edit.personal as MemberPatchPersonal;
      const fields = d.fields.filter((field) => !sameJson(member[field], after[field]));
      if (fields.length === 0) return err({ code: "NOTHING_CHANGED" });
      const pick = (facts: MemberFacts): MemberFacts => Object.fromEntries(fields.map((field: MemberField) => [field, facts[field]]));
      const personal = { before: pick(member), after: pick(after) };
      return ok(mustView(tx, tx.append({ opId: requestId, type: memberPatch, by: by.staffId, d: { memberId, fields }, personal }), today));
    });
