import { describe, expect, it } from "vitest";
import { clerk, openCounter, ownIncarnation } from "#test/support/counter.ts";

/** A member with a card and 60 points; head office has taken the first entry, marked the second and holds the third back. */
function openJudged() {
  const counter = openCounter();
  const { memberId } = counter.member({ name: "王芳" });
  counter.give(memberId, 60);
  counter.give(memberId, 40);
  const states = ["applied", "flagged", "quarantined"] as const;
  counter.store.exchange((tx) =>
    tx.settle(
      3,
      states.map((state, i) => ({ seq: i + 1, state, code: state === "applied" ? null : `LOOK_${i}`, settle: null })),
    ),
  );
  return { counter, memberId };
}

describe("how the station stands with head office", () => {
  it("counts each entry once, by what became of it, and what may be spent here", () => {
    const { counter } = openJudged();
    expect(counter.exchangeOverview()).toEqual({
      headOffice: "http://127.0.0.1:9",
      entries: { waiting: 1, applied: 1, flagged: 1, parked: 0, quarantined: 1, refused: 0 },
      rights: { points: 100, members: 1 },
      putBack: null,
      mended: null,
    });
  });

  it("says how many rows were mended in all, and when the last was", () => {
    const counter = openCounter();
    for (const rows of [2, 3]) counter.store.hear((tx) => tx.noteMended(rows));
    expect(counter.exchangeOverview().mended).toEqual({ rows: 5, atMs: counter.ports.clock.nowMs() });
  });

  it("says what came back after an older copy was put in the place of the data, and what was done on the copy", () => {
    const { counter } = openJudged();
    const [first, next, apart] = [ownIncarnation, "00000000000000b2", "00000000000000c3"];
    counter.store.exchange((tx) => tx.beginLife(next));
    counter.store.exchange((tx) => tx.splitOff(first, 1, apart));
    expect(counter.exchangeOverview().putBack).toEqual({ cameBack: 0, apart: 3, isComplete: false });
    counter.store.exchange((tx) => {
      for (const incarnation of [first, apart]) tx.completed(incarnation);
    });
    expect(counter.exchangeOverview().putBack).toEqual({ cameBack: 0, apart: 3, isComplete: true });
  });

  it("holds nothing on a counter where nothing was done yet", () => {
    expect(openCounter().exchangeOverview()).toMatchObject({
      entries: { waiting: 0, applied: 0, flagged: 0, parked: 0, quarantined: 0, refused: 0 },
      rights: { points: 0, members: 0 },
    });
  });
});

describe("the entries of a state", () => {
  it("say who did what for whom, and why head office marked them", () => {
    const { counter, memberId } = openJudged();
    const about = { memberId, name: "王芳", operator: clerk.displayName };
    expect(counter.exchangeEntries({ state: "waiting" })).toMatchObject({
      lines: [{ ...about, type: "points.award", points: 40, code: null }],
      isCut: false,
    });
    expect(counter.exchangeEntries({ state: "flagged" }).lines).toMatchObject([{ ...about, type: "card.issue", code: "LOOK_1" }]);
    expect(counter.exchangeEntries({ state: "quarantined" }).lines).toMatchObject([{ ...about, points: 60, code: "LOOK_2" }]);
  });

  it("are listed oldest first, and no more than a person reads", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    for (let points = 1; points <= 200; points += 1) counter.give(memberId, points);
    const { lines, isCut } = counter.exchangeEntries({ state: "waiting" });
    expect([lines.length, isCut]).toEqual([200, true]);
    expect(lines.slice(0, 3).map(({ type, points }) => [type, points])).toEqual([
      ["member.create", null],
      ["card.issue", null],
      ["points.award", 1],
    ]);
  });
});
