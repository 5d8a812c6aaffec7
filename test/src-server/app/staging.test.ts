import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stageVersion, versionFor, type Stages } from "#server/app/releases/staging.ts";

const branches = Array.from({ length: 400 }, (_, i) => `B${i}`);
const given = (staged: Stages, version: string): readonly string[] => branches.filter((branch) => versionFor(branch, staged) === version);

describe("staging", () => {
  it("offers the newest version that is for a branch, by number and not by letter", () => {
    const staged: Stages = [
      { version: "1.9.0", to: "everybody" },
      { version: "1.10.0", to: { branches: ["A"] } },
    ];
    expect(versionFor("A", staged)).toBe("1.10.0");
    expect(versionFor("B", staged)).toBe("1.9.0");
    expect(versionFor("A", [])).toBeUndefined();
  });

  it("gives a percentage to about so many branches, always the same ones, and widens without taking back", () => {
    const quarter = stageVersion([], "2.0.0", { percent: 25 });
    const half = stageVersion(quarter, "2.0.0", { percent: 50 });
    expect(given(quarter, "2.0.0").length).toBeGreaterThan(60);
    expect(given(quarter, "2.0.0").length).toBeLessThan(140);
    expect(given(half, "2.0.0")).toEqual(expect.arrayContaining([...given(quarter, "2.0.0")]));
  });

  it("does not let the same branches go first every time", () => {
    expect(given([{ version: "2.0.0", to: { percent: 10 } }], "2.0.0")).not.toEqual(
      given([{ version: "2.1.0", to: { percent: 10 } }], "2.1.0"),
    );
  });

  it("has one entry for a version, whatever was staged before", () => {
    const versions = fc.constantFrom("1.0.0", "1.2.0", "1.10.0");
    const audiences = fc.constantFrom("everybody" as const, "nobody" as const, { percent: 10 }, { branches: ["A"] });
    fc.assert(
      fc.property(fc.array(fc.tuple(versions, audiences)), (acts) => {
        const staged = acts.reduce<Stages>((before, [version, to]) => stageVersion(before, version, to), []);
        const last = new Map<string, (typeof acts)[number][1]>(acts);
        expect(staged.map(({ version }) => version)).toEqual(
          ["1.0.0", "1.2.0", "1.10.0"].filter((each) => (last.get(each) ?? "nobody") !== "nobody"),
        );
        for (const { version, to } of staged) expect(to).toEqual(last.get(version));
      }),
    );
  });
});
