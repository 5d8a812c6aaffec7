import type { CreateMemberInput, MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { maskName } from "#shared/domain/members/masking.ts";
import { memberNumberOf } from "#shared/domain/members/member-number.ts";
import { memberCreate } from "#shared/domain/members/ops.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { mustView } from "#main/app/members/must-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { requireIdentity } from "#main/app/session/identity.ts";

type Refusal = { code: "REQUEST_ID_REUSED" } | { code: "PHONE_TAKEN"; memberId: string; nameMasked: string } | { code: "NUMBERS_USED_UP" };

/** Enters a person as a member of this branch, line or no line; the number is made here and is nobody else's. */
export const makeCreateMember =
  ({ store, clock, random }: Ports) =>
  (input: CreateMemberInput, by: Operator): Result<MemberCard, Refusal> =>
    store.write((tx): Result<MemberCard, Refusal> => {
      const { requestId, name, phones } = input;
      const today = clock.businessDate();
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, memberCreate, { name, phones })
          ? ok(mustView(tx, earlier, today))
          : err({ code: "REQUEST_ID_REUSED" });
      const taken = phones.flatMap((phone) => tx.members.findByPhone(phone))[0];
      if (taken) return err({ code: "PHONE_TAKEN", memberId: taken.memberId, nameMasked: maskName(taken.name) });
      const { replica, branchId } = requireIdentity(tx);
      const memberNumber = memberNumberOf(replica, tx.takeSerial());
      if (memberNumber === undefined) return err({ code: "NUMBERS_USED_UP" });
      const op = tx.append({
        opId: requestId,
        type: memberCreate,
        by: by.staffId,
        d: { memberId: random.uuid(), memberNumber, homeBranch: branchId },
        personal: { name, phones },
      });
      return ok(mustView(tx, op, today));
    });
