import { describe, expect, it } from "vitest";
import { lockOutAt } from "#shared/domain/staff/lock-out.ts";
import { may, permissions, permissionsOf, roles, type Operator } from "#shared/domain/staff/roles.ts";

const minuteMs = 60_000;
/** Instants of failures, in minutes, as people tell it: oldest first. */
const failed = (...minutes: number[]): number[] => minutes.map((minute) => minute * minuteMs).toReversed();

describe("wrong passwords", () => {
  it("leave fewer attempts, until a quarter of an hour has passed", () => {
    expect(lockOutAt([], 0)).toEqual({ lockedUntilMs: null, attemptsLeft: 5 });
    expect(lockOutAt(failed(1, 2, 3, 4), 4 * minuteMs)).toEqual({ lockedUntilMs: null, attemptsLeft: 1 });
    expect(lockOutAt(failed(1, 2, 3, 4), 18 * minuteMs)).toEqual({ lockedUntilMs: null, attemptsLeft: 4 });
    expect(lockOutAt(failed(1, 2, 3, 4), 19 * minuteMs)).toEqual({ lockedUntilMs: null, attemptsLeft: 5 });
  });

  it("lock the account for a quarter of an hour after the fifth", () => {
    const locked = { lockedUntilMs: 20 * minuteMs, attemptsLeft: 0 };
    expect(lockOutAt(failed(1, 2, 3, 4, 5), 5 * minuteMs)).toEqual(locked);
    expect(lockOutAt(failed(1, 2, 3, 4, 5), 20 * minuteMs - 1)).toEqual(locked);
    expect(lockOutAt(failed(1, 2, 3, 4, 5), 20 * minuteMs)).toEqual({ lockedUntilMs: null, attemptsLeft: 5 });
  });

  it("keep the account locked for the whole time, although the first of the five grows old", () => {
    expect(lockOutAt(failed(0, 4, 8, 12, 14), 16 * minuteMs)).toEqual({ lockedUntilMs: 29 * minuteMs, attemptsLeft: 0 });
  });

  it("do not lock when they are spread over more than a quarter of an hour", () => {
    expect(lockOutAt(failed(0, 4, 8, 12, 15), 15 * minuteMs)).toEqual({ lockedUntilMs: null, attemptsLeft: 1 });
  });

  it("written by a clock that was a year ahead do not lock for a year", () => {
    expect(lockOutAt(failed(500_001, 500_002, 500_003, 500_004, 500_005), 10 * minuteMs).lockedUntilMs).toBeNull();
  });
});

describe("what a role may do", () => {
  const person = (role: Operator["role"], isRestricted = false): Operator => ({
    staffId: "s",
    userName: "u",
    displayName: "U",
    role,
    branchId: "a",
    isRestricted,
  });

  it("grows from clerk to manager to administrator", () => {
    const [clerk, manager, administrator] = roles.map((role) => permissionsOf({ role }));
    for (const permission of clerk ?? []) expect(manager).toContain(permission);
    expect(may(person("clerk"), "card.block")).toBe(false);
    expect(may(person("clerk"), "proposal.decide")).toBe(false);
    expect(may(person("manager"), "card.block")).toBe(true);
    expect(may(person("manager"), "headOffice.manage")).toBe(false);
    expect(administrator).toEqual(permissions);
  });

  it("shrinks to the counter's daily bread at a station that heard nobody for long", () => {
    const bread = ["station.read", "member.read", "points.award", "points.redeem", "sync.exchange"];
    const left = (role: (typeof roles)[number]) => permissionsOf(person(role, true)).filter((permission) => permission !== "device.manage");
    for (const role of roles) expect(left(role).toSorted()).toEqual(bread.toSorted());
  });

  it("keeps the readers in the hands of managers there: a broken one must not wait for the line", () => {
    expect(roles.filter((role) => permissionsOf(person(role, true)).includes("device.manage"))).toEqual(["manager", "administrator"]);
  });
});
