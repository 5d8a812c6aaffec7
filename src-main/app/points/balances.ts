import type { BalanceView } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { viewBalance } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";

export const makeBalance =
  ({ store, clock }: Ports) =>
  ({ memberId }: { memberId: string }): Result<BalanceView, { code: "MEMBER_NOT_FOUND" }> =>
    store.read((view) => {
      const isKnown = view.members.find(memberId) ?? view.directory.find(memberId);
      return isKnown ? ok(viewBalance(view, memberId, clock.businessDate())) : err({ code: "MEMBER_NOT_FOUND" });
    });

/** What this station would tell each member, by member number; a member whose balance it does not know is left out. */
export const makeBalances =
  ({ store, clock }: Ports) =>
  ({ memberNumbers }: { memberNumbers?: string[] | undefined }): { balances: Record<string, number>; operations: number } =>
    store.read((view) => {
      const members = memberNumbers ? memberNumbers.flatMap((number) => view.members.findByNumber(number) ?? []) : view.members.all();
      const known = members.flatMap(({ memberId, memberNumber }) => {
        const { balance } = viewBalance(view, memberId, clock.businessDate());
        return balance === null ? [] : [[memberNumber, balance] as const];
      });
      return { balances: Object.fromEntries(known), operations: view.operations.count() };
    });
