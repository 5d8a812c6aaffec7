import { describe, expect, it } from "vitest";
import { nextExpiryOf } from "#shared/domain/ledger/next-expiry.ts";

describe("what a member is told lapses next", () => {
  const lots = [
    { points: 200, expiresOn: "2026-12-31" },
    { points: 40, expiresOn: "2026-06-30" },
    { points: 60, expiresOn: "2026-06-30" },
    { points: 50, expiresOn: null },
    { points: 0, expiresOn: "2026-05-31" },
    { points: 10, expiresOn: "2026-04-30" },
  ];

  it("is the sum of the nearest day that is still to come", () => {
    expect(nextExpiryOf(lots, "2026-05-12")).toEqual({ points: 100, expiresOn: "2026-06-30" });
    expect(nextExpiryOf(lots.toReversed(), "2026-05-12")).toEqual({ points: 100, expiresOn: "2026-06-30" });
  });

  it("may be today's", () => {
    expect(nextExpiryOf(lots, "2026-06-30")).toEqual({ points: 100, expiresOn: "2026-06-30" });
    expect(nextExpiryOf(lots, "2026-07-01")).toEqual({ points: 200, expiresOn: "2026-12-31" });
  });

  it("is nothing when nothing will lapse", () => {
    expect(nextExpiryOf(lots, "2027-01-01")).toBeNull();
    expect(nextExpiryOf([], "2026-05-12")).toBeNull();
  });
});
