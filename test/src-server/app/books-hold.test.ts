import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

/** A movement that can still be undone at the station that made it. */
type Redeemed = NonNullable<ReturnType<SimulatedStation["redeem"]>>;
type Awarded = { readonly opId: string; readonly points: number };

const station = fc.nat(2);
const member = fc.nat(1);
const points = fc.integer({ min: 1, max: 700 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("award" as const), station, member, points, toRight: fc.nat(500) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("redeem" as const), station, member, points }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("voidAward" as const), station, member }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("voidRedeem" as const), station, member }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("propose" as const), station, member, points }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("decide" as const), isApproved: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("draw" as const), station, member, points }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("exchange" as const), station }) },
  // Two of them at the same moment, on the same members.
  { weight: 1, arbitrary: fc.record({ do: fc.constant("exchangeTogether" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe("the books, whatever happens in whatever order", () => {
  const database = withDatabase();
  let company: Company;
  let numbers = 0;
  beforeAll(async () => {
    company = await openCompany(database.url);
  });
  afterAll(() => company.close());

  /** Three stations that are apart most of the time, and two members who go to all of them. */
  async function play(steps: readonly Step[]): Promise<{ stations: readonly SimulatedStation[]; members: readonly string[] }> {
    const stations = [await company.station("A"), await company.station("B"), await company.station("B")];
    const [first, second] = stations;
    if (!first || !second) throw new Error("three were enrolled");
    const members = [first, second].map((home) => home.createMember(String(80_000_000_000 + ++numbers)));
    await first.push();
    await second.push();
    const proposals: string[] = [];
    const redeemed = new Map<string, Redeemed[]>();
    const awarded = new Map<string, Awarded[]>();
    const push = async (each: SimulatedStation) => {
      if (each.operations.length === each.acknowledged()) return;
      const { results } = await each.push();
      // Every station here is honest, so nothing that one of them decided may fail.
      expect(results.filter(({ verdict }) => verdict !== "applied")).toEqual([]);
    };

    for (const now of steps) {
      const at = "station" in now ? stations[now.station] : undefined;
      const of = "member" in now ? (members[now.member] ?? "") : "";
      const key = `${at?.replica} ${of}`;
      switch (now.do) {
        case "award": {
          const toRight = Math.min(now.toRight, now.points);
          const opId = at?.award(of, now.points, { toRight });
          if (opId) awarded.set(key, [...(awarded.get(key) ?? []), { opId, points: now.points }]);
          break;
        }
        case "redeem": {
          const done = at?.redeem(of, now.points);
          if (done) redeemed.set(key, [...(redeemed.get(key) ?? []), done]);
          break;
        }
        case "voidAward": {
          const undone = awarded.get(key)?.pop();
          if (undone) at?.voidAward(of, undone.opId, undone.points);
          break;
        }
        case "voidRedeem": {
          const undone = redeemed.get(key)?.pop();
          if (undone) at?.voidRedeem(of, undone);
          break;
        }
        case "propose": {
          const opId = at?.propose(of, now.points);
          if (at && opId) {
            await push(at);
            proposals.push(opId);
          }
          break;
        }
        case "decide": {
          const proposalId = proposals.pop();
          const decision = now.isApproved ? "approve" : "reject";
          if (proposalId) expectOk(await first.act(company.administrator, { proposalId, decision, reason: "looked at" }));
          break;
        }
        case "draw":
          if (at) expectOk(await at.draw(of, now.points));
          break;
        case "exchange":
          if (at) await push(at);
          await at?.pull();
          break;
        case "exchangeTogether":
          await Promise.all(stations.map(push));
          break;
      }
    }
    for (const each of stations) await push(each);
    for (const each of stations) await each.pull();
    return { stations, members };
  }

  it("sum to zero, never fall below it, and are the same at every place once all have talked", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const { stations, members } = await play(steps);

        expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
        const { rows: lots } = await company.database.query("select lot_id from account group by lot_id having sum(amount) <> 0");
        expect(lots).toEqual([]);
        const { rows: overspent } = await company.database.query(
          `select member_id from account group by member_id
           having sum(amount) filter (where holder = 'REDEEMED') > -sum(amount) filter (where holder = 'ISSUED')`,
        );
        expect(overspent).toEqual([]);
        for (const memberId of members) {
          for (const each of stations) {
            const { rows } = await company.database.query<{ held: number }>(
              "select coalesce(sum(amount), 0)::int as held from account where member_id = $1 and holder = $2",
              [memberId, `RIGHT:${each.incarnation}`],
            );
            expect(each.spendable(memberId)).toBe(rows[0]?.held);
          }
          const told = stations.flatMap((each) => each.row("balance", memberId) ?? []);
          expect(new Set(told.map((balance) => JSON.stringify(balance))).size).toBeLessThan(2);
        }
        // What each station says it holds agrees with the books, so all of them may go on.
        for (const each of stations) await each.hello();
        const states = await company.office.admin.stations();
        expect(states.filter(({ state }) => state === "rights_differ")).toEqual([]);
      }),
      { numRuns: 15 },
    );
    // Hundreds of exchanges with a real database, beside whatever else the machine does.
  }, 90_000);
});
