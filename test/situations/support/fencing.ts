import { newId } from "#server/app/ids.ts";
import { randomBytes } from "node:crypto";
import { beforeAll } from "vitest";
import type { ActType, InputOf } from "#shared/contracts/acts/act-type.ts";
import { fenceStationAct, giveBackAct, listStationsAct } from "#shared/contracts/acts/stations.ts";
import { startMemoryHeadOffice } from "#test/sim/memory-store/memory-head-office.ts";
import { setUpBranches, type OfficeWithBranches } from "#test/support/company.ts";
import { makeHandClock } from "#test/support/hand-clock.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

type Life = Pick<SimulatedStation, "replica" | "incarnation">;

/** A company whose head office is in memory, and an administrator who looks at its list of stations before every click. */
export function companyWithFences() {
  let company: OfficeWithBranches;
  let numbers = 0;
  beforeAll(async () => {
    const clock = makeHandClock();
    const { office } = await startMemoryHeadOffice({ clock, random: randomBytes, log: () => undefined });
    company = await setUpBranches(office, clock);
  });

  const act = async <A extends ActType>(type: A, input: Omit<InputOf<A>, "requestId">) => {
    const by = { staffId: company.administrator, userName: "admin", displayName: "管理员", role: "administrator", branchId: null } as const;
    const requestId = newId({ clock: company.clock, random: randomBytes });
    return expectOk(await company.office.admin.act(by, type, { ...(type.isQuestion ? {} : { requestId }), ...input } as InputOf<A>));
  };
  async function seen({ replica }: Pick<Life, "replica">) {
    const { stations } = await act(listStationsAct, {});
    const station = stations.find((each) => each.replica === replica);
    if (!station) throw new Error("nobody enrolled it");
    return station;
  }
  async function seenFenced(life: Life) {
    const fenced = (await seen(life)).ended.find(({ incarnation }) => incarnation === life.incarnation);
    if (!fenced) throw new Error("it was not fenced");
    return fenced;
  }

  return {
    get company(): OfficeWithBranches {
      return company;
    },
    seen,
    seenFenced,
    /** Takes a station for dead, having looked at the worst case. */
    fence: async (life: Life) => act(fenceStationAct, { replica: life.replica, shown: (await seen(life)).rights }),
    /** Gives back what was set aside of a station, having looked at how much that is. */
    giveBack: async (life: Life) =>
      act(giveBackAct, { replica: life.replica, incarnation: life.incarnation, shown: (await seenFenced(life)).setAside }),
    /** A member of the station's branch who has so many points, all of them there. */
    memberAt: async (station: SimulatedStation, points: number): Promise<string> => {
      const member = station.createMember(String(34_000_000_000 + ++numbers));
      station.award(member, points);
      await station.push();
      await station.pull();
      return member;
    },
  };
}
