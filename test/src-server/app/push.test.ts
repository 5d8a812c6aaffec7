import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import { randomBytes } from "node:crypto";
import type { PushReply } from "#shared/contracts/sync/wire.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { withDatabase } from "#test/support/postgres.ts";
import type { SimulatedStation } from "#test/support/simulated-station.ts";

const verdicts = ({ results }: PushReply) => results.map(({ verdict, code }) => (code === undefined ? verdict : `${verdict} ${code}`));

describe("receiving operations", () => {
  const database = withDatabase();
  let company: Company;
  let memberNumber = 0;
  const nextNumber = () => String(10_000_000_000 + ++memberNumber);

  beforeAll(async () => {
    company = await openCompany(database.url);
  });
  afterAll(() => company.close());

  const stored = async (station: SimulatedStation): Promise<number> => {
    const { rows } = await company.database.query<{ count: string }>("select count(*) from op_inbox where replica = $1", [station.replica]);
    return Number(rows[0]?.count);
  };

  it("books a batch once when its reply was lost and it is sent again", async () => {
    // The line broke after head office had committed: the station knows nothing and sends the same bytes, with one more operation.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 200);
    const first = await a.push();
    a.award(member, 50);

    const again = await company.office.sync.push(a.token(), a.pushRequest(0, 3));

    expect(again).toMatchObject({ ok: true, value: { ackSeq: 3 } });
    const results = again.ok ? again.value.results : [];
    expect(results.map(({ verdict, first: became }) => [verdict, became])).toEqual([
      ["duplicate", "applied"],
      ["duplicate", "applied"],
      ["applied", undefined],
    ]);
    expect(results[1]?.settle).toEqual(first.results[1]?.settle);
    await a.pull();
    expect(a.row("balance", member)?.balance).toBe(250);
  });

  it("asks for what is missing when a batch begins too late", async () => {
    // An older batch got lost on the way; taking the later one first would leave a hole that nobody ever fills.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 10);
    a.award(member, 20);

    expect(await company.office.sync.push(a.token(), a.pushRequest(1, 3))).toMatchObject({
      ok: false,
      error: { code: "GAP", data: { ackSeq: 0 } },
    });
    expect(await stored(a)).toBe(0);
  });

  it("notices two histories under one number", async () => {
    // A cloned disk: both computers go on from the same operation, and the second one has written something else as its third.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 10);
    a.award(member, 20);
    await a.push();
    a.operations.pop();
    a.award(member, 999);

    const forked = await company.office.sync.push(a.token(), a.pushRequest(1, 3));
    expect(forked).toMatchObject({ ok: false, error: { code: "FORK", status: 409, data: { seq: 3 } } });
    expect(await a.hello()).toMatchObject({ verdict: "FORK", token: "" });
  });

  it("tells a station whose database was restored from an older copy", async () => {
    // Its numbers would be used a second time; it has to begin another life.
    const a = await company.station("A");
    a.createMember(nextNumber());
    a.createMember(nextNumber());
    await a.push();
    a.operations.pop();

    expect(await a.hello()).toMatchObject({ verdict: "ROLLED_BACK", ackSeq: 2 });
  });

  it("takes nothing whose bytes are not those that were chained, and nothing more from that life", async () => {
    // Somebody edits an amount in the station's own database: the key is the station's, the chain no longer holds.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 10);
    const request = a.pushRequest(0, 2);
    const tampered = { ...request, ops: request.ops.map((op) => ({ ...op, b: op.b.replace('"points":10', '"points":99') })) };

    expect(await company.office.sync.push(a.token(), tampered)).toMatchObject({
      ok: false,
      error: { code: "CHAIN_BROKEN", data: { seq: 2 } },
    });
    expect(await stored(a)).toBe(0);
    expect(await company.office.sync.push(a.token(), request)).toMatchObject({ ok: false, error: { code: "SUSPENDED", status: 403 } });
    expect(await a.hello()).toMatchObject({ verdict: "SUSPENDED", token: "" });
  });

  it("takes nothing that another key has signed", async () => {
    // A thief has the token of the hour, but not the key; and must not be able to get the station suspended either.
    const a = await company.station("A");
    a.createMember(nextNumber());
    const { privateKey } = generateKeyPairSync("ed25519");

    expect(await company.office.sync.push(a.token(), a.pushRequest(0, 1, privateKey))).toMatchObject({
      ok: false,
      error: { code: "BAD_SIGNATURE", status: 403 },
    });
    expect(verdicts(await a.push())).toEqual(["applied"]);
  });

  it("does not know a station by another one's token, nor by one that ran out", async () => {
    // Branch B tries to write in the name of branch A.
    const a = await company.station("A");
    const b = await company.station("B");
    a.createMember(nextNumber());

    const stranger = { ok: false, error: { code: "TOKEN", status: 401 } };
    expect(await company.office.sync.push(b.token(), a.pushRequest(0, 1))).toMatchObject(stranger);
    company.clock.advance(16 * 60 * 1000);
    expect(await company.office.sync.push(a.token(), a.pushRequest(0, 1))).toMatchObject(stranger);
  });

  it("keeps an operation that cannot be applied, and takes the ones around it", async () => {
    // A member number with a null character, which the database cannot store: the other ninety-nine people in the queue are not to blame.
    const a = await company.station("A");
    const before = a.createMember(nextNumber());
    a.createMember(`${nextNumber()}\0`);
    const after = a.createMember(nextNumber());
    a.award(after, 70);

    expect(verdicts(await a.push())).toEqual(["applied", "quarantined APPLY_FAILED", "applied", "applied"]);
    await a.pull();
    expect([a.row("balance", before)?.balance, a.row("balance", after)?.balance]).toEqual([0, 70]);
    expect(await company.office.admin.quarantine()).toContainEqual(
      expect.objectContaining({ replica: a.replica, seq: 2, code: "APPLY_FAILED" }),
    );
  });

  it("stores what it cannot read, without effect", async () => {
    // A type from a later version, a body that breaks its own promise, a header that names somebody else.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    const other = a.createMember(nextNumber());
    a.say({ type: "points.teleport", d: { memberId: newId({ clock: company.clock, random: randomBytes }) } });
    a.say({ type: "points.redeem", entity: { kind: "member", id: "nobody" }, d: { memberId: "nobody", lines: [] } });
    a.say({ type: "card.issue", entity: { kind: "card", id: "1" }, d: { memberId: other, cardNumber: "2", cardKind: "main" } });
    a.award(member, 30);

    expect(verdicts(await a.push())).toEqual([
      "applied",
      "applied",
      "parked UNKNOWN_TYPE",
      "quarantined BAD_DATA",
      "quarantined ENTITY_MISMATCH",
      "applied",
    ]);
  });

  it("does not let a station grant itself rights", async () => {
    // The operation is well made and signed; but only head office writes grants.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    const award = a.award(member, 100, { toRight: 0 });
    const { replica, incarnation } = a;
    const lines = [{ lotId: award, points: 100, earnedOn: "2026-03-02", expiresOn: null }];
    a.say({ type: "rights.grant", d: { replica, incarnation, gno: 1, memberId: member, lines } });

    expect(verdicts(await a.push())).toEqual(["applied", "applied", "quarantined HEAD_OFFICE_ONLY"]);
  });

  it("never spends more than was granted, whatever a station writes", async () => {
    // The station claims 150 of a lot of 100; what follows on the same member waits, other people do not.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    const other = a.createMember(nextNumber());
    const award = a.award(member, 100);
    a.redeemLines(member, [{ lotId: award, points: 150 }]);
    a.award(member, 20);
    const othersAward = a.award(other, 40);
    a.redeemLines(other, [{ lotId: othersAward, points: 40 }]);

    expect(verdicts(await a.push())).toEqual([
      "applied",
      "applied",
      "applied",
      "quarantined ACCOUNT_BELOW_ZERO",
      "parked WAITS_BEHIND",
      "applied",
      "applied",
    ]);
    await a.pull();
    expect([a.row("balance", member)?.balance, a.row("balance", other)?.balance]).toEqual([100, 0]);

    a.award(member, 5);
    expect(verdicts(await a.push())).toEqual(["parked WAITS_BEHIND"]);
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  it("cannot be made to overspend even around its own rules", async () => {
    // The last line of defence is the database itself.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    const award = a.award(member, 100);
    await a.push();

    const overspend = company.database.query("update account set amount = amount - 101 where lot_id = $1 and holder = $2", [
      award,
      `RIGHT:${a.incarnation}`,
    ]);
    await expect(overspend).rejects.toThrow("account_not_below_zero");
  });

  it("undoes an operation once, and only as a whole", async () => {
    // The clerk's void came twice from a broken program, and once with a larger figure.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 300);
    const redeemed = a.redeem(member, 100);
    const small = a.redeem(member, 10);
    if (!redeemed || !small) throw new Error("the station holds 300");
    a.voidRedeem(member, redeemed);
    await a.push();
    a.voidRedeem(member, redeemed);
    expect(verdicts(await a.push())).toEqual(["quarantined UNDONE_TWICE"]);

    const b = await company.station("A");
    const second = b.createMember(nextNumber());
    const award = b.award(second, 300);
    b.redeem(second, 200);
    const third = b.redeem(second, 10);
    if (!third) throw new Error("the station holds 100");
    b.voidRedeem(second, { opId: third.opId, lines: [{ lotId: award, points: 150 }] });
    expect(verdicts(await b.push()).at(-1)).toBe("quarantined NOT_VOIDABLE");
  });

  it("knows an intent again under another life, and a forged one too", async () => {
    // A restored station chains its operations anew under the same ids; a forger uses a known id for something else.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    const award = a.award(member, 80);
    await a.push();
    const said = a.operations[1];
    if (!said) throw new Error("the award is there");
    const { body } = JSON.parse(`{"body":${Buffer.from(said.body).toString("utf8")}}`) as { body: { d: unknown; by: string; at: number } };

    const b = await company.station("A");
    b.say({ opId: award, type: "points.award", d: body.d, by: body.by, atMs: body.at });
    b.say({ opId: award, type: "points.award", d: { ...(body.d as object), points: 81 }, by: body.by, atMs: body.at });

    const { results } = await b.push();
    expect(results[0]).toMatchObject({ verdict: "duplicate", first: "applied" });
    expect(results[1]).toMatchObject({ verdict: "quarantined", code: "OP_ID_REUSED" });
    await a.pull();
    expect(a.row("balance", member)?.balance).toBe(80);
  });

  it("flags what somebody shall look at, and lets the customer keep it", async () => {
    // In turn: the same paper at another station, a rule nobody published, wrong arithmetic, a clock in doubt, a date that does not fit.
    const a = await company.station("A");
    const b = await company.station("B");
    const member = a.createMember(nextNumber());
    a.award(member, 10, { receiptNumber: "R-1" });
    await a.push();
    b.award(member, 10, { receiptNumber: "R-1" });
    b.award(member, 10, { rule: { ruleId: "spend", version: 7 } });
    b.award(member, 10, { clk: { off: 0, err: 0, doubt: true } });
    b.award(member, 10, { earnedOn: "2026-02-20" });

    expect(verdicts(await b.push())).toEqual([
      "flagged RECEIPT_ELSEWHERE",
      "flagged RULE_UNKNOWN",
      "flagged CLOCK_DOUBT",
      "flagged DATE_DIFFERS",
    ]);
    await b.pull();
    expect(b.row("balance", member)?.balance).toBe(50);
  });

  it("dates what happened by head office's clock when the counter's ran ahead, and believes one that was only slow", async () => {
    // `at` is station time, the later of the wall clock and head office's time: only a fast wall clock makes it wrong.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    const nowMs = company.clock.nowMs();
    const ahead = a.award(member, 10, { atMs: nowMs + 2 * dayMs, clk: { off: 2 * dayMs, err: 20, doubt: true } });
    const behind = a.award(member, 10, { atMs: nowMs, clk: { off: -2 * dayMs, err: 20, doubt: true } });
    expect(verdicts(await a.push()).slice(1)).toEqual(["flagged CLOCK_DOUBT", "flagged CLOCK_DOUBT"]);

    const { rows } = await company.database.query<{ date: string }>(
      `select to_char(event_date, 'YYYY-MM-DD') as date from op_inbox where op_id = any ($1::uuid[])`,
      [[ahead, behind]],
    );
    expect(rows.map(({ date }) => date)).toEqual([company.clock.today(), company.clock.today()]);
  });

  it("does not believe a person who could never do this, except about goods that are gone", async () => {
    // The station names somebody unknown: the award has no effect, the redemption stands and is looked at.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    const other = a.createMember(nextNumber());
    const award = a.award(member, 100);
    a.redeemLines(member, [{ lotId: award, points: 60 }], "nobody");
    a.award(other, 100, { by: "nobody" });

    expect(verdicts(await a.push()).slice(3)).toEqual(["flagged NEVER_PERMITTED", "quarantined NEVER_PERMITTED"]);
  });

  it("flags what a person did whose account was switched off meanwhile", async () => {
    // The branch had no line and could not hear of it.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    await a.push();
    const leaver = await company.hire("leaver", "clerk", "A");
    await company.database.query(`update record set doc = doc || '{"isActive": false}' where kind = 'staff' and id = $1`, [leaver]);
    a.award(member, 15, { by: leaver });

    expect(verdicts(await a.push())).toEqual(["flagged STAFF_INACTIVE"]);
  });

  it("does not let a counter decide what head office has to decide", async () => {
    // The rule asks for approval; the station made the points spendable by itself.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 1000, { rule: { ruleId: "large", version: 1 } });

    expect(verdicts(await a.push()).at(-1)).toBe("quarantined APPROVAL_BYPASSED");
  });

  it("lets nothing follow on an operation that cannot be applied, and says what became of its member", async () => {
    // A rule version that no whole number of the database can hold: the award is kept without effect, and so is what builds on it.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    await a.push();
    a.award(member, 70, { rule: { ruleId: "spend", version: 2 ** 40 } });
    a.award(member, 30);

    const pushed = await a.push();
    expect(verdicts(pushed)).toEqual(["quarantined APPLY_FAILED", "parked WAITS_BEHIND"]);
    const frames = await a.pull();
    const moved = frames.flatMap((frame) => (frame.k === "row" && frame.id === member ? [`${frame.e} ${frame.g}`] : []));
    expect(moved).toContain(`balance ${pushed.results[1]?.settle[0]?.g}`);
    expect(pushed.results[0]?.settle).toHaveLength(1);
  });

  it("applies a linked group whole or not at all", async () => {
    // Two awards that belong together, of which the second cannot be; then two that can; then one whose other half never comes.
    const a = await company.station("A");
    const [first, second, third] = [a.createMember(nextNumber()), a.createMember(nextNumber()), a.createMember(nextNumber())];
    a.award(first, 10, { transaction: { id: "g1", n: 1, of: 2 } });
    a.award(second, 10, { transaction: { id: "g1", n: 2, of: 2 }, by: "nobody" });
    a.award(third, 10, { transaction: { id: "g2", n: 1, of: 2 } });
    a.award(third, 20, { transaction: { id: "g2", n: 2, of: 2 } });
    const lonely = a.createMember(nextNumber());
    a.award(lonely, 10, { transaction: { id: "g3", n: 1, of: 2 } });

    expect(verdicts(await a.push()).slice(3)).toEqual([
      "quarantined GROUP_REFUSED",
      "quarantined NEVER_PERMITTED",
      "applied",
      "applied",
      "applied",
      "quarantined GROUP_REFUSED",
    ]);
    await a.pull();
    expect([first, second, third, lonely].map((member) => a.row("balance", member)?.balance)).toEqual([0, 0, 30, 0]);
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  it("lets a receipt be entered elsewhere once its first award is void", async () => {
    // The clerk at A typed another customer's paper, took it back, and that customer went to B.
    const a = await company.station("A");
    const b = await company.station("B");
    const member = a.createMember(nextNumber());
    const award = a.award(member, 10, { receiptNumber: "R-2" });
    a.voidAward(member, award, 10);
    await a.push();
    b.award(member, 10, { receiptNumber: "R-2" });
    expect(verdicts(await b.push())).toEqual(["applied"]);
    a.award(member, 10, { receiptNumber: "R-2" });
    expect(verdicts(await a.push())).toEqual(["flagged RECEIPT_ELSEWHERE"]);
  });

  it("takes five hundred awards in one batch", async () => {
    // A station comes back after a day without the line.
    const a = await company.station("A");
    const members = Array.from({ length: 50 }, () => a.createMember(nextNumber()));
    for (let i = 0; i < 450; i++) a.award(members[i % 50] ?? "", 10);

    const { results, ackSeq } = await a.push();
    expect(ackSeq).toBe(500);
    expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(["applied"]));
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });
});
