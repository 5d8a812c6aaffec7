import { afterAll, beforeAll } from "vitest";
import { uuidv7 } from "uuidv7";
import type { MemberCard } from "#shared/contracts/members.ts";
import { value } from "#test/support/counter.ts";
import { atRest } from "#test/sim/invariants/at-rest.ts";
import { checkAll, lookAt, newWitness } from "#test/sim/invariants/invariant.ts";
import { copiesInMemory } from "#test/sim/stores.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { openWorld, type World } from "#test/sim/world/world.ts";

/** The model of what the counters said belongs to the simulation; here each test says for itself what it expects. */
const agreement = atRest.filter(({ id }) => id !== "I4");

/** Founded once for all files: their head offices keep their books in memory, by the port and its suite that PostgreSQL's pass. */
const inMemory = copiesInMemory();

/**
 * A company with a counter at branch A and one at branch B, each with its real program and file, and a real head office. Nobody hears anybody
 * until a test says `exchange`. After the last test of the file everybody hears everything, and the books have to agree.
 */
export function twoBranches({ haveMirrors = false } = {}) {
  let world: World;
  let a: Outpost;
  let b: Outpost;
  let phones = 0;
  let receipts = 0;

  beforeAll(async () => {
    world = await openWorld({ seed: 1n, branchCodes: ["A", "B"], haveMirrors, makeDisk: inMemory.makeDisk });
    const [first, second] = world.stations;
    if (!first || !second) throw new Error("two stations were asked for");
    a = first;
    b = second;
  });
  afterAll(async () => {
    await everybodyHears();
    await checkAll(agreement, await lookAt(world, newWitness()));
    await world.close();
  });

  const newPhone = (): string => `137${String(++phones).padStart(8, "0")}`;

  /** A person whom a branch enters, with a card. */
  function join(station: Outpost, { phone = newPhone(), name = "王小明", number = world.newCardNumber() } = {}): MemberCard {
    const { memberId } = value(station.counter().createMember({ requestId: uuidv7(), name, phones: [phone] }, station.clerk));
    return value(station.counter().issueCard({ requestId: uuidv7(), memberId, card: { number } }, station.clerk));
  }

  function award(station: Outpost, memberId: string, points: number, said: { ruleId?: string; receiptNumber?: string } = {}) {
    const { ruleId = "spend", receiptNumber = `S${++receipts}` } = said;
    const rule = station
      .counter()
      .listRules()
      .find((each) => each.ruleId === ruleId);
    const purchase = { receiptNumber, amountFen: points * 100 };
    const asked = { requestId: uuidv7(), memberId, purchase, ruleId, ruleVersion: rule?.version ?? 0 };
    return station.counter().award(asked, station.clerk);
  }

  function planAt(station: Outpost) {
    const [plan] = station.counter().listPlans();
    if (!plan) throw new Error("no plan has arrived");
    return plan;
  }

  /** So many glasses of tea, at the price that this counter knows. */
  const redeem = (station: Outpost, memberId: string, quantity: number, planVersion = planAt(station).version) =>
    station.counter().redeem({ requestId: uuidv7(), memberId, planId: "tea", planVersion, quantity }, station.clerk);

  async function everybodyHears(): Promise<void> {
    for (const station of [a, b, a, b]) await station.exchange();
  }

  return {
    get world(): World {
      return world;
    },
    get a(): Outpost {
      return a;
    },
    get b(): Outpost {
      return b;
    },
    newPhone,
    join,
    /** One point for each yuan of a purchase. */
    award,
    redeem,
    planAt,
    everybodyHears,
    /** At home at A with so many points, and known at B, which has served them once: one point more. */
    knownAtBoth: async (points: number): Promise<MemberCard> => {
      const member = join(a);
      value(award(a, member.memberId, points));
      await a.exchange();
      await b.exchange();
      value(award(b, member.memberId, 1));
      await everybodyHears();
      return member;
    },
    memberAt: (station: Outpost, memberId: string): MemberCard => value(station.counter().getMember({ memberId })),
    balanceAt: (station: Outpost, memberId: string) => value(station.counter().balance({ memberId })),
    /** What head office said of a station's last operation. */
    lastVerdict: (station: Outpost): string => {
      const { state, stateCode } = station.log().at(-1) ?? {};
      return `${state} ${stateCode ?? ""}`.trim();
    },
  };
}
