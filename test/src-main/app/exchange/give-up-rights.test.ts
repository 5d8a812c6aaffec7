import { describe, expect, it } from "vitest";
import { makeGiveUpRights } from "#main/app/exchange/give-up-rights.ts";
import { openCounter } from "#test/support/counter.ts";

describe("the rights of a counter in whose place another one goes on", () => {
  it("are all given back, so that what may be spent there is not spent here too", () => {
    const counter = openCounter();
    const [first, second] = [counter.member(), counter.member()];
    for (const { memberId } of [first, first, second]) counter.give(memberId, 100);
    const giveUp = makeGiveUpRights(counter.ports);
    expect(giveUp()).toBe(true);
    expect(giveUp()).toBe(false);
    expect(counter.store.read((view) => view.rights.sum())).toEqual({ points: 0, members: 0 });
    const released = counter.store.read((view) => view.operations.list({ types: ["rights.release"], limit: 10 }));
    expect(released.map(({ body }) => (body.d as { why: string }).why)).toEqual(["superseded", "superseded"]);
    expect(counter.tea(first.memberId)).toMatchObject({ ok: false, error: { code: "INSUFFICIENT_POINTS", spendableHere: 0 } });
  });
});
