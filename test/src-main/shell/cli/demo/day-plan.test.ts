import { describe, expect, it } from "vitest";
import { planDay, type Act, type DayPlan } from "#main/shell/cli/demo/day-plan.ts";

const seeds = Array.from({ length: 200 }, (_, seed) => seed);
const plans = seeds.map(planDay);
const actsOf = ({ morning, outage, evening }: DayPlan): readonly Act[] => [...morning, ...outage, ...evening];

describe("a planned day", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(planDay(7)).toEqual(planDay(7));
    expect(new Set(plans.map((plan) => JSON.stringify({ ...plan, seed: 0 }))).size).toBe(seeds.length);
  });

  it("has members of both branches, six to twelve of them", () => {
    for (const { members } of plans) {
      expect(members.length).toBeGreaterThanOrEqual(6);
      expect(members.length).toBeLessThanOrEqual(12);
      expect(new Set(members.map(({ home }) => home))).toEqual(new Set(["A", "B"]));
      expect(new Set(members.flatMap(({ phones }) => phones)).size).toBe(members.length);
    }
  });

  it("brings everybody to both branches before the lines are cut", () => {
    for (const { members, morning } of plans) {
      const visits = new Set(morning.map(({ at, member }) => `${at} ${member}`));
      expect(visits.size).toBe(members.length * 2);
    }
  });

  it("has both branches try for all points of one member during the outage, before and after they spend what they hold", () => {
    for (const { outage } of plans) {
      const contested = outage.find(({ kind }) => kind === "overspend")?.member;
      const tries = outage.filter(({ member }) => member === contested);
      expect(tries.map(({ kind }) => kind)).toEqual(["overspend", "overspend", "redeem", "redeem", "overspend", "overspend"]);
      for (const pair of [tries.slice(0, 2), tries.slice(2, 4), tries.slice(4)])
        expect(pair.map(({ at }) => at).toSorted()).toEqual(["A", "B"]);
    }
  });

  it("does everything once that a counter can do", () => {
    for (const plan of plans) {
      const kinds = new Set(actsOf(plan).map(({ kind }) => kind));
      expect(kinds).toEqual(new Set(["award", "redeem", "overspend", "undoAward", "undoRedemption", "doubleAward", "propose", "approve"]));
    }
  });

  it("keeps chance away from the applicant, whose points must fit at the home branch when they are approved", () => {
    for (const plan of plans) {
      const applicant = plan.outage.find(({ kind }) => kind === "propose")?.member;
      const acts = actsOf(plan).filter(({ member }) => member === applicant);
      expect(acts.map(({ kind }) => kind)).toEqual(["award", "award", "propose", "approve"]);
    }
  });

  it("cuts the lines at different moments, for different lengths", () => {
    expect(new Set(plans.map(({ morning, members }) => morning.length - members.length * 2)).size).toBeGreaterThan(5);
    expect(new Set(plans.map(({ outage }) => outage.length)).size).toBeGreaterThan(10);
  });
});
