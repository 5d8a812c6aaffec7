import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PushReply } from "#shared/contracts/sync/wire.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { minuteMs } from "#test/support/hand-clock.ts";
import { withDatabase } from "#test/support/postgres.ts";
import type { SimulatedStation } from "#test/support/simulated-station.ts";

const lastVerdict = ({ results }: PushReply) => {
  const { verdict, code } = results.at(-1) ?? {};
  return code === undefined ? verdict : `${verdict} ${code}`;
};

describe("cards and debts, decided at two places", () => {
  const database = withDatabase();
  let company: Company;
  let a: SimulatedStation;
  let b: SimulatedStation;
  let managerOfB: string;
  let number = 0;
  const nextNumber = () => String(50_000_000_000 + ++number);

  beforeAll(async () => {
    company = await openCompany(database.url);
    a = await company.station("A");
    b = await company.station("B");
    managerOfB = await company.hire("manager B", "manager", "B");
  });
  afterAll(() => company.close());

  const block = (station: SimulatedStation, memberId: string, cardNumber: string, reason = "lost") =>
    station.say({
      type: "card.block",
      entity: { kind: "card", id: cardNumber },
      by: managerOfB,
      d: { cardNumber, memberId, reason },
    });

  it("gives a number that two counters handed out to the one head office heard first", async () => {
    // The same plastic card was in both drawers; the second member has none now, and both branches see whose it is.
    const first = a.createMember(nextNumber());
    const second = b.createMember(nextNumber());
    a.issueCard(first, "6200000000000001");
    b.issueCard(second, "6200000000000001");
    await a.push();

    expect(lastVerdict(await b.push())).toBe("flagged CARD_TAKEN");
    await a.pull();
    await b.pull();
    expect(a.row("card", "6200000000000001")).toMatchObject({ memberId: first });
    // B does not serve the first member, and would not hear of it if the card were blocked: what everybody is told says whose it is.
    expect(b.row("card", "6200000000000001")).toBeUndefined();
    expect(b.row("directory", first)?.cards).toHaveLength(1);
    expect(b.row("directory", second)?.cards).toEqual([]);
    // Nobody waits behind a matter of plastic.
    b.award(second, 20);
    expect(lastVerdict(await b.push())).toBe("applied");
  });

  it("lets one of two counters bind a number that both send at the same moment", async () => {
    const first = a.createMember(nextNumber());
    const second = b.createMember(nextNumber());
    a.issueCard(first, "6200000000000002");
    b.issueCard(second, "6200000000000002");

    const verdicts = (await Promise.all([a.push(), b.push()])).map(lastVerdict);
    expect(new Set(verdicts)).toEqual(new Set(["applied", "flagged CARD_TAKEN"]));
  });

  it("keeps a member to one main card, the one that was issued earlier", async () => {
    // Both branches issued a card to the same person while apart.
    const member = a.createMember(nextNumber());
    a.issueCard(member, "6200000000000003");
    await a.push();
    company.clock.advance(minuteMs);
    b.issueCard(member, "6200000000000004");

    expect(lastVerdict(await b.push())).toBe("flagged SECOND_MAIN_CARD");
    await b.pull();
    expect(b.row("card", "6200000000000004")).toMatchObject({ memberId: member, state: "blocked", blockedReason: "replacedElsewhere" });
    expect(b.row("card", "6200000000000003")).toMatchObject({ state: "active" });
  });

  it("keeps the main card that was issued earlier and heard of later, and tells the counter that was later", async () => {
    const member = a.createMember(nextNumber());
    await a.push();
    b.issueCard(member, "6200000000000013");
    company.clock.advance(minuteMs);
    a.issueCard(member, "6200000000000012");
    const subCard = { memberId: member, cardNumber: "6200000000000014", cardKind: "main", mainCard: "6200000000000012" };
    a.say({ type: "card.issue", entity: { kind: "card", id: subCard.cardNumber }, d: subCard });
    expect(lastVerdict(await a.push())).toBe("applied");

    expect(lastVerdict(await b.push())).toBe("applied");
    await a.pull();
    expect(a.row("card", "6200000000000013")).toMatchObject({ memberId: member, state: "active" });
    expect(a.row("card", "6200000000000012")).toMatchObject({ state: "blocked", blockedReason: "replacedElsewhere" });
    // What hung on it ends with it (K-10).
    expect(a.row("card", "6200000000000014")).toMatchObject({ state: "blocked", blockedReason: "endedWithMainCard" });
    expect(a.row("verdict", `${a.incarnation}/${a.operations.length - 1}`)).toMatchObject({ outcome: "flagged", code: "SECOND_MAIN_CARD" });
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  /** The act of one counter: the lost card is blocked and another one handed out, as a linked group. */
  const replaceCard = (station: SimulatedStation, memberId: string, cards: { old: string; new: string }, by?: string) => {
    const id = `group-${cards.new}`;
    const cardNumber = cards.new;
    station.say({
      type: "card.block",
      entity: { kind: "card", id: cards.old },
      ...(by !== undefined && { by }),
      d: { cardNumber: cards.old, memberId, reason: "lost" },
      transaction: { id, n: 1, of: 2 },
    });
    station.say({
      type: "card.issue",
      entity: { kind: "card", id: cardNumber },
      d: { memberId, cardNumber, cardKind: "main" },
      transaction: { id, n: 2, of: 2 },
    });
  };
  const verdictsOf = ({ results }: PushReply) => results.map(({ verdict, code }) => (code === undefined ? verdict : `${verdict} ${code}`));

  it("replaces a lost card in one act", async () => {
    const member = b.createMember(nextNumber());
    b.issueCard(member, "6200000000000021");
    await b.push();
    replaceCard(b, member, { old: "6200000000000021", new: "6200000000000022" }, managerOfB);

    expect(verdictsOf(await b.push())).toEqual(["applied", "applied"]);
    await b.pull();
    expect(b.row("card", "6200000000000021")).toMatchObject({
      state: "blocked",
      blockedReason: "lost",
      blockedOn: businessDateOf(company.clock.nowMs()),
    });
    expect(b.row("card", "6200000000000022")).toMatchObject({ state: "active", memberId: member });
  });

  it("replaces no card when the one who blocked it never might: the new one is not handed out either", async () => {
    const member = b.createMember(nextNumber());
    b.issueCard(member, "6200000000000023");
    await b.push();
    replaceCard(b, member, { old: "6200000000000023", new: "6200000000000024" });

    expect(verdictsOf(await b.push())).toEqual(["quarantined NEVER_PERMITTED", "quarantined GROUP_REFUSED"]);
    await b.pull();
    expect(b.row("card", "6200000000000023")).toMatchObject({ state: "active" });
    expect(b.row("card", "6200000000000024")).toBeUndefined();
  });

  it("keeps a card blocked, and flags what it earned elsewhere afterwards", async () => {
    // Lost and blocked at B; A has not heard and serves the finder in good faith.
    const member = a.createMember(nextNumber());
    a.issueCard(member, "6200000000000005");
    await a.push();
    block(b, member, "6200000000000005");
    await b.push();
    block(b, member, "6200000000000005", "stolen");
    expect(lastVerdict(await b.push())).toBe("applied");
    company.clock.advance(minuteMs);
    a.award(member, 90);

    expect(lastVerdict(await a.push())).toBe("flagged AFTER_BLOCK");
    await a.pull();
    expect(a.row("card", "6200000000000005")).toMatchObject({ state: "blocked", blockedReason: "lost" });
    expect(a.row("balance", member)?.balance).toBe(90);
  });

  it("does not flag what happened before the block, though it is heard later", async () => {
    // A was cut off: its award is older than B's block and arrives after it.
    const member = a.createMember(nextNumber());
    a.issueCard(member, "6200000000000006");
    await a.push();
    a.award(member, 90);
    company.clock.advance(minuteMs);
    block(b, member, "6200000000000006");
    await b.push();

    expect(lastVerdict(await a.push())).toBe("applied");
  });

  it("does not block a stranger's card, and lets nobody wait behind that", async () => {
    // Both drawers held the number. B gave it to its own member and blocked it there before it heard whose card it is.
    const owner = a.createMember(nextNumber());
    a.issueCard(owner, "6200000000000007");
    await a.push();
    const other = b.createMember(nextNumber());
    b.issueCard(other, "6200000000000007");
    block(b, other, "6200000000000007");
    b.award(other, 30);
    b.redeem(other, 10);

    expect((await b.push()).results.slice(1).map(({ verdict, code }) => code ?? verdict)).toEqual([
      "CARD_TAKEN",
      "CARD_NOT_THEIRS",
      "applied",
      "applied",
    ]);
    await a.pull();
    expect(a.row("card", "6200000000000007")).toMatchObject({ memberId: owner, state: "active" });
  });

  it("lets nobody wait behind the block of a second main card", async () => {
    const member = a.createMember(nextNumber());
    a.issueCard(member, "6200000000000008");
    await a.push();
    b.issueCard(member, "6200000000000009");
    block(b, member, "6200000000000009");
    b.award(member, 30);

    expect((await b.push()).results.map(({ verdict, code }) => code ?? verdict)).toEqual(["SECOND_MAIN_CARD", "applied", "applied"]);
  });

  it("makes a debt of points that a voided award no longer covers, and repays it from the next ones", async () => {
    // 300 awarded, 280 spent, the purchase is void: 20 are left to take, 280 are owed. The next 500 go to the pool.
    const member = a.createMember(nextNumber());
    const award = a.award(member, 300);
    a.redeem(member, 280);
    a.voidAward(member, award, 300);
    await a.push();
    await a.pull();
    expect(a.row("balance", member)).toMatchObject({ balance: -280, debt: 280, pool: 0 });

    a.award(member, 500, { toRight: 0 });
    await a.push();
    await a.pull();
    expect(a.row("balance", member)).toMatchObject({ balance: 220, debt: 0 });
    expect(a.spendable(member)).toBe(220);
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  it("takes the rest of a voided award from the lot's pool before it makes a debt", async () => {
    // 900 awarded in all: 100 spendable at the counter, 800 in the pool, of which 400 are soon placed here.
    const member = a.createMember(nextNumber());
    const award = a.award(member, 900, { toRight: 100 });
    await a.push();
    a.voidAward(member, award, 900);
    await a.push();
    await a.pull();

    // What was on its way to the station when it voided is a debt until the station's right to it is gone.
    expect(a.row("balance", member)).toMatchObject({ balance: 0, debt: 400, pool: 0 });
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });
});
