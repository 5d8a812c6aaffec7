import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import { figuresOf } from "#shared/domain/shift/figures.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import type { SimulatedStation } from "#test/support/simulated-station.ts";
import { randomBytes } from "node:crypto";

const database = withDatabase();
let company: Company;
let a: SimulatedStation;
let clerk: string;

beforeAll(async () => {
  company = await openCompany(database.url);
  a = await company.station("A");
  clerk = await company.hire("closing clerk", "clerk", "A");
});
afterAll(() => company.close());

function closeShift(branchId: string): string {
  const shiftId = newId({ clock: company.clock, random: randomBytes });
  const d = {
    shiftId,
    branchId,
    businessDate: company.clock.today(),
    sinceMs: company.clock.nowMs(),
    after: null,
    upTo: shiftId,
    people: [{ staffId: clerk, figures: figuresOf([{ kind: "award", points: 60, by: clerk, isUndone: false }]) }],
    gifts: [],
    unsent: { waiting: 1, quarantined: 0 },
  };
  return a.say({ opId: shiftId, type: "shift.close", entity: { kind: "shift", id: shiftId }, by: clerk, d });
}

it("keeps the figures of a shift as the counter closed it, with who and when", async () => {
  const shiftId = closeShift(company.branchIds["A"] ?? "");
  expect((await a.push()).results).toMatchObject([{ verdict: "applied" }]);
  const { rows } = await company.database.query("select doc from record where kind = 'shift' and id = $1", [shiftId]);
  expect(rows).toMatchObject([{ doc: { closedBy: clerk, people: [{ figures: { awarded: { count: 1, points: 60 } } }] } }]);
});

it("does not believe a counter about the shift of another branch", async () => {
  closeShift(company.branchIds["B"] ?? "");
  expect((await a.push()).results).toMatchObject([{ verdict: "quarantined", code: "NOT_THEIR_BRANCH" }]);
});
