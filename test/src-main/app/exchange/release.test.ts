import { describe, expect, it } from "vitest";
import { makeRelease } from "#main/app/exchange/release.ts";
import { openCounter, value } from "#test/support/counter.ts";

describe("rights in points that have lapsed", () => {
  it("are given back once, lot by lot, and nothing else is", () => {
    const counter = openCounter();
    const release = makeRelease(counter.ports);
    const { memberId } = counter.member();
    const old = counter.give(memberId, 100);
    value(counter.tea(memberId));
    counter.clock.set("2026-05-13T10:00:00+08:00");
    const young = counter.give(memberId, 40);
    counter.clock.set("2027-05-13T10:00:00+08:00");
    release();
    release();
    expect(counter.operations().filter((type) => type === "rights.release")).toHaveLength(1);
    const [released] = counter.store.read((view) => view.operations.list({ types: ["rights.release"], limit: 1 }));
    expect(released?.body).toMatchObject({ by: "station", d: { memberId, why: "lapsed", lines: [{ lotId: old.opId, points: 20 }] } });
    expect(counter.store.read((view) => [view.rights.heldOf(old.opId), view.rights.heldOf(young.opId)])).toEqual([0, 40]);
    // From the end of their last day on they are counted nowhere, though head office alone writes that they expired.
    expect(value(counter.balance({ memberId }))).toMatchObject({ balance: 40, spendableHere: 40 });
  });

  it("stay where they are while the clock is in doubt", () => {
    const counter = openCounter();
    counter.give(counter.member().memberId, 100);
    counter.clock.set("2027-06-01T10:00:00+08:00");
    counter.clock.read = { off: 0, err: 0, doubt: true };
    makeRelease(counter.ports)();
    expect(counter.operations()).not.toContain("rights.release");
  });
});
