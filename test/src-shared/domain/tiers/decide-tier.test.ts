import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import { decideTier, noStanding, type Standing } from "#shared/domain/tiers/decide-tier.ts";
import { isInOrder, type TierScheme } from "#shared/domain/tiers/tier-scheme.ts";

const name = { "zh-CN": "", "en-US": "" };
/** The worked example of the rules: Silver 2,000, Gold 6,000, Gold kept with 5,000. */
const tiers = [
  { tierId: "silver", name, from: 2000, keep: 1000 },
  { tierId: "gold", name, from: 6000, keep: 5000 },
];
const silver: Standing = { tierId: "silver", rank: 1 };
const gold: Standing = { tierId: "gold", rank: 2 };
const decide = (before: Standing, measured: number, said: { mayLower?: boolean; onMiss?: TierScheme["onMiss"] } = {}) => {
  const { mayLower = true, onMiss = "oneDown" } = said;
  const { tierId, outcome } = decideTier({ tiers, onMiss }, { before, measured, mayLower });
  return `${outcome} ${tierId ?? "none"}`;
};

describe("a tier", () => {
  it("is reached at its threshold and not a point before, from wherever the member stood", () => {
    expect(decide(noStanding, 1999)).toBe("none none");
    expect(decide(noStanding, 2000)).toBe("raised silver");
    expect(decide(noStanding, 6050)).toBe("raised gold");
    expect(decide(silver, 6000)).toBe("raised gold");
  });

  it("is kept from its own threshold on, which is the lower one", () => {
    expect(decide(gold, 5000)).toBe("kept gold");
    expect(decide(gold, 4999)).toBe("lowered silver");
    expect(decide(silver, 999)).toBe("lowered none");
  });

  it("goes one down and no further, whatever was measured", () => {
    expect(decide(gold, 0)).toBe("lowered silver");
  });

  it("stays where the company says that a miss costs nothing", () => {
    expect(decide(gold, 0, { onMiss: "stay" })).toBe("stayed gold");
  });

  it("is not lowered before the year is over", () => {
    expect(decide(gold, 0, { mayLower: false })).toBe("kept gold");
    expect(decide(silver, 6000, { mayLower: false })).toBe("raised gold");
  });

  it("that a new version does not have any more counts as the one in its place", () => {
    expect(decide({ tierId: "ruby", rank: 2 }, 5000)).toBe("kept gold");
    expect(decide({ tierId: "diamond", rank: 7 }, 0)).toBe("lowered silver");
  });
});

const anyScheme = fc
  .record({
    steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 8,
    }),
    onMiss: fc.constantFrom("stay", "oneDown"),
  })
  .map(({ steps, onMiss }) => {
    let from = 0;
    const made = steps.map(([step, share], i) => {
      from += step;
      return { tierId: `t${i}`, name, from, keep: Math.floor(from * share) };
    });
    return { tiers: made, onMiss } as const;
  });

describe("whatever the scheme, and whatever was measured", () => {
  const anyCase = fc.record({ scheme: anyScheme, held: fc.nat(8), measured: fc.nat(50_000), mayLower: fc.boolean() });
  const standing = (scheme: { readonly tiers: readonly { readonly tierId: string }[] }, rank: number): Standing => ({
    tierId: scheme.tiers[rank - 1]?.tierId ?? null,
    rank,
  });

  it("a member loses at most one tier at a time, and none where it may not be lowered", () => {
    fc.assert(
      fc.property(anyCase, ({ scheme, held, measured, mayLower }) => {
        const rank = Math.min(held, scheme.tiers.length);
        const decided = decideTier(scheme, { before: standing(scheme, rank), measured, mayLower });
        expect(decided.rank).toBeGreaterThanOrEqual(mayLower && scheme.onMiss === "oneDown" ? rank - 1 : rank);
        expect(decided.tierId).toBe(scheme.tiers[decided.rank - 1]?.tierId ?? null);
      }),
    );
  });

  it("more is never worse, and whoever decides it again on the same figures decides the same", () => {
    fc.assert(
      fc.property(anyCase, fc.nat(10_000), ({ scheme, held, measured, mayLower }, more) => {
        const before = standing(scheme, Math.min(held, scheme.tiers.length));
        const less = decideTier(scheme, { before, measured, mayLower });
        expect(decideTier(scheme, { before, measured: measured + more, mayLower }).rank).toBeGreaterThanOrEqual(less.rank);
        expect(decideTier(scheme, { before: less, measured, mayLower: false }).rank).toBe(less.rank);
      }),
    );
  });
});

it("tiers are in order when each begins above the one before, is kept for no more than it takes, and is named once", () => {
  const [lower, upper] = tiers;
  if (!lower || !upper) throw new Error("there are two");
  expect(isInOrder([lower, upper])).toBe(true);
  expect(isInOrder([upper, lower])).toBe(false);
  expect(isInOrder([lower, { ...upper, from: lower.from }])).toBe(false);
  expect(isInOrder([lower, { ...upper, keep: upper.from + 1 }])).toBe(false);
  expect(isInOrder([lower, { ...upper, tierId: lower.tierId }])).toBe(false);
});
