import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import type { ActType, InputOf } from "#shared/contracts/acts/act-type.ts";
import {
  givePurchaseAct,
  listQueueAct,
  noteEntryAct,
  putPurchaseAwayAct,
  refuseEntryAct,
  releaseEntryAct,
} from "#shared/contracts/acts/queue.ts";
import type { PushReply } from "#shared/contracts/sync/wire.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

const verdicts = ({ results }: PushReply) => results.map(({ verdict, code }) => (code === undefined ? verdict : `${verdict} ${code}`));

describe("what head office could not apply", () => {
  const database = withDatabase();
  let company: Company;
  let admin: Operator;
  let memberNumber = 0;
  const nextNumber = () => String(40_000_000_000 + ++memberNumber);
  const anId = () => newId({ clock: company.clock, random: randomBytes });

  beforeAll(async () => {
    company = await openCompany(database.url);
    admin = { staffId: company.administrator, userName: "admin", displayName: "管理员", role: "administrator", branchId: null };
  });
  afterAll(() => company.close());

  const act = <A extends ActType>(type: A, input: Omit<InputOf<A>, "requestId">, by = admin) =>
    company.office.admin.act(by, type, { ...(type.isQuestion ? {} : { requestId: anId() }), ...input } as InputOf<A>);
  const queue = async (by = admin) => expectOk(await act(listQueueAct, {}, by));
  const placeOf = ({ replica, incarnation }: SimulatedStation, seq: number) => ({ replica, incarnation, seq });
  const release = (station: SimulatedStation, seq: number, isVouchedFor = false) =>
    act(releaseEntryAct, { ...placeOf(station, seq), reason: "looked at", isVouchedFor });
  const refuse = (station: SimulatedStation, seq: number) => act(refuseEntryAct, { ...placeOf(station, seq), reason: "not ours" });
  const managerOf = async (branch: string): Promise<Operator> => {
    const userName = `manager ${anId()}`;
    const staffId = await company.hire(userName, "manager", branch);
    return { staffId, userName, displayName: userName, role: "manager", branchId: company.branchIds[branch] ?? "" };
  };

  it("is shown in words, masked, with what waits behind it, to those whose branch it is", async () => {
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 60, { by: "nobody", receiptNumber: "R-77" });
    a.award(member, 5);
    await a.push();

    const [mine, theirs] = [await queue(await managerOf("A")), await queue(await managerOf("B"))];
    expect(mine.quarantined.lines).toMatchObject([
      {
        seq: 2,
        branch: "分店A",
        type: "points.award",
        code: "NEVER_PERMITTED",
        nameMasked: "王**",
        points: 60,
        receiptNumber: "R-77",
        by: null,
        behind: 1,
        canBeVouchedFor: true,
      },
    ]);
    expect(mine.parked.lines).toMatchObject([
      { seq: 3, code: "WAITS_BEHIND", waitsFor: { what: "entry", slip: mine.quarantined.lines[0]?.slip } },
    ]);
    expect(theirs.quarantined.lines).toEqual([]);
    const asManager = await act(refuseEntryAct, { ...placeOf(a, 2), reason: "no" }, await managerOf("B"));
    expect(asManager).toMatchObject({ ok: false, error: { code: "OUT_OF_SCOPE" } });
    expectOk(await refuse(a, 2));
  });

  it("takes effect when a person answers for it, and sets free in their order all that waited behind it", async () => {
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 60, { by: "nobody" });
    const spent = a.redeem(member, 25);
    if (!spent) throw new Error("the station holds 60");
    a.voidRedeem(member, spent);
    expect(verdicts(await a.push())).toEqual(["applied", "quarantined NEVER_PERMITTED", "parked WAITS_BEHIND", "parked WAITS_BEHIND"]);

    expect(await release(a, 2)).toMatchObject({ ok: false, error: { code: "STILL_HELD_BACK", data: { why: "NEVER_PERMITTED" } } });
    expect(expectOk(await release(a, 2, true))).toEqual({ outcome: "flagged", code: "NEVER_PERMITTED", others: 2 });

    await a.pull();
    expect(a.row("balance", member)).toMatchObject({ balance: 60 });
    const told = [2, 3, 4].map((seq) => a.row("verdict", `${a.incarnation}/${seq}`));
    expect(told.map((verdict) => `${verdict?.outcome} ${verdict?.reason}`)).toEqual([
      "flagged looked at",
      "applied looked at",
      "applied looked at",
    ]);
    expect(await release(a, 2, true)).toMatchObject({ ok: false, error: { code: "NOT_HELD_BACK" } });
    a.award(member, 1);
    expect(verdicts(await a.push())).toEqual(["applied"]);
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  it("has no effect for good once it is refused, and neither has what rests on it; the rest goes on", async () => {
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    const other = a.award(member, 10);
    const forged = a.award(member, 60, { by: "nobody" });
    a.redeemLines(member, [{ lotId: forged, points: 25 }]);
    a.redeemLines(member, [{ lotId: other, points: 4 }]);
    await a.push();

    expect(expectOk(await refuse(a, 3))).toEqual({ outcome: "refused", code: "NEVER_PERMITTED", others: 2 });
    await a.pull();
    const outcomes = [3, 4, 5].map((seq) => a.row("verdict", `${a.incarnation}/${seq}`)?.outcome);
    expect(outcomes).toEqual(["refused", "refused", "applied"]);
    expect(a.row("balance", member)).toMatchObject({ balance: 6 });
    expect((await queue()).quarantined.lines.filter(({ replica }) => replica === a.replica)).toEqual([]);
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  it("is not decided by whoever wrote it, nor twice", async () => {
    const a = await company.station("A");
    const manager = await managerOf("A");
    const member = a.createMember(nextNumber());
    const award = a.award(member, 10);
    a.say({
      type: "points.redeem",
      by: manager.staffId,
      d: { memberId: member, planId: "x", planVersion: 1, quantity: 1, costPoints: 50, lines: [{ lotId: award, points: 50 }] },
    });
    expect(verdicts(await a.push()).at(-1)).toBe("quarantined ACCOUNT_BELOW_ZERO");
    const own = await act(refuseEntryAct, { ...placeOf(a, 3), reason: "mine" }, manager);
    expect(own).toMatchObject({ ok: false, error: { code: "OWN_WORK" } });
    expectOk(await refuse(a, 3));
    expect(await refuse(a, 3)).toMatchObject({ ok: false, error: { code: "NOT_HELD_BACK" } });
  });

  it("is told to a station that had not heard the first verdict either: the same push again says how it stands now", async () => {
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 60, { by: "nobody" });
    // The answer is lost.
    await company.office.sync.push(a.token(), a.pushRequest(0, 2));
    expectOk(await release(a, 2, true));
    const again = expectOk(await company.office.sync.push(a.token(), a.pushRequest(0, 2)));
    expect(again.results[1]).toMatchObject({ verdict: "duplicate", first: "flagged", code: "NEVER_PERMITTED" });
  });

  it("leaves the list of marked entries when somebody has looked, and stays as it is", async () => {
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 10, { clk: { off: 0, err: 0, doubt: true } });
    await a.push();
    const flagged = async () => (await queue()).flagged.lines.filter(({ replica }) => replica === a.replica);
    expect(await flagged()).toMatchObject([{ code: "CLOCK_DOUBT", points: 10 }]);

    expectOk(await act(noteEntryAct, { ...placeOf(a, 2), reason: "the clock was set" }));
    expect(await flagged()).toEqual([]);
    await a.pull();
    expect(a.row("verdict", `${a.incarnation}/2`)).toMatchObject({ outcome: "flagged", reason: "the clock was set" });
    expect(a.row("balance", member)).toMatchObject({ balance: 10 });
    const again = await act(noteEntryAct, { ...placeOf(a, 2), reason: "once more" });
    expect(again).toMatchObject({ ok: false, error: { code: "NOT_HELD_BACK" } });
  });

  describe("because something has not arrived", () => {
    it("is set free when it does, over a chain of stations at once, each in its own order", async () => {
      // C served a member whom B had made together with an award to somebody whom A had made; A is heard last.
      const [a, b, c] = [await company.station("A"), await company.station("B"), await company.station("B")];
      const first = a.createMember(nextNumber());
      const [group, second] = [anId(), anId()];
      b.say({
        type: "member.create",
        transaction: { id: group, n: 1, of: 2 },
        d: { memberId: second, memberNumber: nextNumber(), homeBranch: b.branchId },
        personal: { salt: "salt", name: "李雷", phones: [] },
      });
      b.award(first, 30, { transaction: { id: group, n: 2, of: 2 } });
      b.redeem(first, 10);
      c.award(second, 7);
      c.redeem(second, 2);
      expect(verdicts(await b.push())).toEqual(["parked WAITS_BEHIND", "parked MEMBER_UNKNOWN", "parked WAITS_BEHIND"]);
      expect(verdicts(await c.push())).toEqual(["parked MEMBER_UNKNOWN", "parked WAITS_BEHIND"]);
      const parked = async () => (await queue()).parked.lines.filter(({ replica }) => [b.replica, c.replica].includes(replica));
      expect((await parked()).filter(({ replica }) => replica === c.replica)).toMatchObject([
        { waitsFor: { what: "member", slip: null }, isOverdue: false },
        { waitsFor: { what: "entry" } },
      ]);

      await a.push();
      await b.pull();
      await c.pull();
      expect(b.row("verdict", `${b.incarnation}/1`)).toMatchObject({ outcome: "applied", decidedBy: "head-office", reason: null });
      expect([b.row("balance", first)?.balance, c.row("balance", second)?.balance]).toEqual([20, 5]);
      expect(await parked()).toEqual([]);
      expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
    });

    it("is booked on the day on which it took effect", async () => {
      const [a, b] = [await company.station("A"), await company.station("B")];
      const member = a.createMember(nextNumber());
      const award = b.award(member, 30);
      await b.push();
      company.clock.advance(3 * dayMs);
      await a.hello();
      await a.push();
      const { rows } = await company.database.query<{ late: number }>(
        "select (booking_date - event_date)::int as late from ledger_entry where op_id = $1 limit 1",
        [award],
      );
      expect(rows).toEqual([{ late: 3 }]);
      await b.hello();
    });

    it("comes before people after thirty days, and may be refused", async () => {
      const b = await company.station("B");
      b.award(anId(), 30);
      await b.push();
      company.clock.advance(31 * dayMs);
      const overdue = (await queue()).parked.lines.filter(({ replica }) => replica === b.replica);
      expect(overdue).toMatchObject([{ code: "MEMBER_UNKNOWN", isOverdue: true }]);
      expectOk(await refuse(b, 1));
      expect((await queue()).parked.lines.filter(({ replica }) => replica === b.replica)).toEqual([]);
    });
  });

  it("is decided once when two people decide about an unclaimed purchase, and its card turns up, at the same moment", async () => {
    const a = await company.station("A");
    const numbers = [nextNumber(), nextNumber(), nextNumber()];
    const [first, second, owner] = numbers.map((number) => a.createMember(number));
    if (first === undefined || second === undefined || owner === undefined) throw new Error("three were entered");
    const purchaseId = anId();
    const purchase = { receiptNumber: `K-${purchaseId}`, amountFen: 6_000 };
    const d = { cardNumber: "6200000000000779", purchase, ruleId: "spend", ruleVersion: 1, boughtOn: company.clock.today() };
    a.say({ opId: purchaseId, type: "purchase.keep", entity: { kind: "keptPurchase", id: purchaseId }, d });
    await a.push();
    company.clock.advance(31 * dayMs);
    await a.hello();
    a.issueCard(owner, d.cardNumber);

    const decided = await Promise.all([
      ...numbers.slice(0, 2).map((number) => act(givePurchaseAct, { purchaseId, memberNumber: number })),
      act(putPurchaseAwayAct, { purchaseId, reason: "nobody's" }),
      a.push(),
    ]);
    const settled = decided.slice(0, 3).filter((each) => "ok" in each && each.ok).length;
    await a.pull();
    const row = a.row("keptPurchase", purchaseId);
    const points = [first, second, owner].map((memberId) => a.row("balance", memberId)?.balance ?? 0);
    // One of the three, or none because the card was there first.
    expect(settled).toBe(row?.["memberId"] === owner ? 0 : 1);
    expect(points.reduce((sum, each) => sum + each, 0)).toBe(row?.["state"] === "awarded" ? 60 : 0);
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });
});
