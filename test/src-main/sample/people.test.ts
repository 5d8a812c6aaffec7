import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleCardKind } from "#main/sample/company.ts";
import { enterMembers, makeVisit, type SampleStation } from "#main/sample/history.ts";
import { inventPerson, makeDraw } from "#main/sample/people.ts";
import { createMemberInput } from "#shared/contracts/members.ts";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { identifyCard } from "#shared/domain/cards/identify-card.ts";
import { clerk, openCounter } from "#test/support/counter.ts";
import { uuidv7 } from "uuidv7";

const peopleOf = (seed: number, count = 200) => {
  const draw = makeDraw(seed);
  return Array.from({ length: count }, (_, i) => inventPerson(draw, i));
};

describe("the people of a sample", () => {
  it("are the same for the same seed, on every machine", () => {
    expect(peopleOf(20_260)).toEqual(peopleOf(20_260));
    expect(peopleOf(20_260)).not.toEqual(peopleOf(20_261));
    expect(peopleOf(20_260, 3)).toMatchInlineSnapshot(`
      [
        {
          "name": "唐明刚",
          "phones": [
            "10010000000",
          ],
        },
        {
          "name": "叶玉刚",
          "phones": [
            "10010007919",
          ],
        },
        {
          "name": "杨立明",
          "phones": [
            "10010015838",
          ],
        },
      ]
    `);
  });

  it("have names and phones that a counter takes, no phone twice, and none that an operator hands out", () => {
    const people = peopleOf(20_260);
    expect(new Set(people.flatMap(({ phones }) => phones)).size).toBe(people.length);
    for (const person of people) {
      expect(createMemberInput.safeParse({ requestId: uuidv7(), ...person }).success).toBe(true);
      expect(person.phones[0]).toMatch(/^100\d{8}$/);
    }
  });

  it("have cards of the sample's kind", () => {
    for (let n = 1; n <= 200; n++) {
      const card = identifyCard({ typedNumber: cardNumberOf(sampleCardKind, n) }, [sampleCardKind]);
      expect(card).toMatchObject({ ok: true, value: { kind: "ordinary" } });
    }
  });
});

describe("the draw", () => {
  it("stays within its limits", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1_000 }), (seed, limit) => {
        const draw = makeDraw(seed);
        for (let i = 0; i < 50; i++) {
          const drawn = draw.below(limit);
          expect(Number.isInteger(drawn) && drawn >= 0 && drawn < limit).toBe(true);
        }
        expect(draw.bytes(16)).toHaveLength(16);
        expect([draw.chance(0), draw.chance(1)]).toEqual([false, true]);
      }),
    );
  });

  it("hits everybody sooner or later", () => {
    const draw = makeDraw(1);
    expect(new Set(Array.from({ length: 500 }, () => draw.oneOf(["a", "b", "c", "d"])))).toEqual(new Set(["a", "b", "c", "d"]));
  });
});

describe("the past of a sample", () => {
  /** A past of forty visits at one branch, told as the journal would. */
  function history(seed: number) {
    const counter = openCounter();
    const station: SampleStation = {
      branch: "A",
      counter,
      clerk,
      setClock: (atMs) => {
        counter.clock.atMs = atMs;
      },
      uuid: uuidv7,
    };
    const draw = makeDraw(seed);
    const startMs = Date.parse("2026-02-01T00:00:00+08:00");
    const members = enterMembers(station, draw, { count: 6, firstIndex: 0, startMs });
    for (let visit = 0; visit < 40; visit++)
      makeVisit(station, draw.oneOf(members), draw, { atMs: startMs + (70 + visit) * 86_400_000, receipt: visit + 1 });
    return { types: counter.operations(), balances: counter.balances({}).balances };
  }

  it("is the same for the same seed, made through the counter's own acts", () => {
    const once = history(7);
    expect(history(7)).toEqual(once);
    expect(once.types.filter((type) => type === "points.award")).toHaveLength(40);
    expect(new Set(once.types)).toEqual(new Set(["member.create", "card.issue", "points.award", "points.redeem"]));
    expect(Object.values(once.balances).every((points) => points >= 0)).toBe(true);
  });
});
