import { uuidv7 } from "uuidv7";
import { joinPoolAct, leavePoolAct, makePoolAct } from "#shared/contracts/acts/pools.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import type { twoBranches } from "./two-branches.ts";

/** What head office's administrator does about the company's pools. */
export function poolsOf(places: Pick<ReturnType<typeof twoBranches>, "world">) {
  const act: ReturnType<typeof places.world.admin>["act"] = (by, type, input) => places.world.admin().act(by, type, input);
  const by = () => places.world.company.administrator;
  return {
    makePool: async (name: string): Promise<string> =>
      expectOk(await act(by(), makePoolAct, { requestId: uuidv7(), name, kind: "household" })).poolId,
    joinPool: (poolId: string, { memberNumber }: Pick<MemberCard, "memberNumber">, sharePercent: number) =>
      act(by(), joinPoolAct, { requestId: uuidv7(), poolId, memberNumber, sharePercent }),
    leavePool: (poolId: string, { memberId }: Pick<MemberCard, "memberId">) =>
      act(by(), leavePoolAct, { requestId: uuidv7(), poolId, memberId }),
  };
}
