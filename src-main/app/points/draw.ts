import type { MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { viewMember } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";

type Request = { requestId: string; memberId: string; points: number };
type Refusal = { code: "MEMBER_NOT_FOUND" } | { code: "NEEDS_HEAD_OFFICE" };

/** Fetches the right to spend from head office's pool. What is granted may be less than wanted; it is here when this answers. */
export const makeDraw =
  ({ store, clock, headOffice }: Ports) =>
  async ({ requestId, memberId, points }: Request): Promise<Result<{ granted: number; member: MemberCard }, Refusal>> => {
    const answer = await headOffice.draw({ drawId: requestId, memberId, want: points });
    if (!answer.ok) return err({ code: answer.error.code === "MEMBER_NOT_FOUND" ? "MEMBER_NOT_FOUND" : "NEEDS_HEAD_OFFICE" });
    const member = store.read((view) => viewMember(view, memberId, { today: clock.businessDate() }));
    return member ? ok({ granted: answer.value.granted, member }) : err({ code: "MEMBER_NOT_FOUND" });
  };
