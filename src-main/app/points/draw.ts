import type { MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { viewMember } from "#main/app/members/member-view.ts";
import { poolOf } from "#main/app/pools/shared-points.ts";
import type { Ports } from "#main/app/ports/ports.ts";

type Request = { requestId: string; memberId: string; points: number; mayRecall?: boolean | undefined };
type Drawn = { granted: number; recalled: number; member: MemberCard };
type Refusal = { code: "MEMBER_NOT_FOUND" } | { code: "HEAD_OFFICE_RECOVERING" } | { code: "NEEDS_HEAD_OFFICE" };

const isSaid = (code: string): code is "MEMBER_NOT_FOUND" | "HEAD_OFFICE_RECOVERING" =>
  code === "MEMBER_NOT_FOUND" || code === "HEAD_OFFICE_RECOVERING";

/** Fetches the right to spend from head office's pool. What is granted may be less than wanted, and is here when this answers; what is recalled comes when others have answered. */
export const makeDraw =
  ({ store, clock, random, headOffice }: Ports) =>
  async ({ requestId, memberId, points, mayRecall = false }: Request): Promise<Result<Drawn, Refusal>> => {
    const answer = await headOffice.draw({ drawId: requestId, memberId, want: points, ...(mayRecall && { mayRecall }) });
    if (!answer.ok) return err({ code: isSaid(answer.error.code) ? answer.error.code : "NEEDS_HEAD_OFFICE" });
    const pool = store.read((view) => poolOf(view, memberId));
    const missing = points - answer.value.granted;
    // The member's own first; whatever the pool does not give is no reason to refuse what was given.
    const shared = pool && missing > 0 ? await headOffice.draw({ drawId: random.uuid(), memberId: pool.poolId, want: missing }) : undefined;
    const member = store.read((view) => viewMember(view, memberId, { today: clock.businessDate() }));
    const { granted, recalled = 0 } = answer.value;
    return member
      ? ok({ granted: granted + (shared?.ok ? shared.value.granted : 0), recalled, member })
      : err({ code: "MEMBER_NOT_FOUND" });
  };
