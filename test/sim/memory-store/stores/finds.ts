import type { FindQuestion, FindStore } from "#server/app/ports/find-store.ts";
import type { MemberRecord } from "#shared/domain/members/member.ts";
import { balanceAsOf } from "./balance-as-of.ts";
import type { Tables } from "../tables.ts";
import { byText } from "../values.ts";

/** Of a name one character is enough, of a phone four digits in a row, of a member number anything. */
function fits(member: MemberRecord, value: string): boolean {
  const texts = [member.name, member.memberNumber, ...(value.length >= 4 ? member.phones : [])];
  return value !== "" && texts.some((text) => text.includes(value));
}

export function makeFindStore({ cards, records, workingSets, looks }: Tables): FindStore {
  /** In the scope of a branch is whoever is at home or was served there. */
  const isInScope = ({ memberId, homeBranch }: MemberRecord, scope: string | null): boolean =>
    scope === null || homeBranch === scope || workingSets.where("byMember", memberId).some(({ branchId }) => branchId === scope);

  const answersTo: Readonly<Record<FindQuestion["kind"], (member: MemberRecord, value: string, scope: string | null) => boolean>> = {
    card: ({ memberId }, value) => cards.get(value)?.memberId === memberId,
    phone: ({ phones }, value) => phones.includes(value),
    memberNumber: ({ memberNumber }, value) => memberNumber === value,
    part: (member, value, scope) => fits(member, value) && isInScope(member, scope),
  };

  return {
    async members({ kind, value, scopeBranchId, today, limit }) {
      return records
        .where("byKind", "member")
        .map(({ doc }) => doc as MemberRecord)
        .filter((member) => answersTo[kind](member, value, scopeBranchId))
        .toSorted((a, b) => byText(a.memberNumber, b.memberNumber))
        .slice(0, limit)
        .map((member) => ({
          member,
          balance: balanceAsOf(records.get(`balance/${member.memberId}`), today),
          isInScope: isInScope(member, scopeBranchId),
        }));
    },
    async log({ atMs, staffId }) {
      looks.insert({ id: looks.size + 1, atMs, staffId });
    },
    async countSince(staffId, sinceMs) {
      return looks.where("byStaff", staffId).filter(({ atMs }) => atMs > sinceMs).length;
    },
  };
}
