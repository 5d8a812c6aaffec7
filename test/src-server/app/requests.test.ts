import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import type { SimulatedStation } from "#test/support/simulated-station.ts";

describe("what one counter asks of another", () => {
  const database = withDatabase();
  let company: Company;
  let a: SimulatedStation;
  let b: SimulatedStation;
  let member: string;
  let numbers = 0;

  beforeAll(async () => {
    company = await openCompany(database.url);
    a = await company.station("A");
    b = await company.station("B");
  });
  afterAll(() => company.close());
  beforeEach(() => {
    member = a.createMember(String(60_000_000_000 + ++numbers));
  });

  const exchange = async (station: SimulatedStation): Promise<void> => {
    await station.push();
    await station.pull();
  };
  const personal = { salt: "AA==", reason: "goods came back" };
  function ask(station: SimulatedStation, type: "refund.request" | "void.request", d: object): string {
    const opId = uuidv7();
    station.say({ opId, type, entity: { kind: "request", id: opId }, d: { requestId: opId, ...d }, personal });
    return opId;
  }
  const refund = (station: SimulatedStation, receiptNumber: string, refundFen: number): string =>
    ask(station, "refund.request", { receiptNumber, refundFen });
  /** The slip of the last thing that a station said. */
  const slipOfLast = (station: SimulatedStation) => {
    const { seq, opId } = station.operations.at(-1) ?? { seq: 0, opId: "" };
    return { replica: station.replica, seq, tail: opId.slice(-4) };
  };

  describe("a refund away from the counter that sold", () => {
    it("waits until the purchase is known, and then takes back what it earned", async () => {
      // The goods come back at B while A, which sold them, has not been heard.
      const request = refund(b, `R-${numbers}`, 10_000);
      await exchange(b);
      expect(b.row("request", request)).toMatchObject({ state: "open", points: null });

      a.award(member, 600, { receiptNumber: `R-${numbers}`, toRight: 500 });
      await exchange(a);
      await b.pull();
      expect(b.row("request", request)).toMatchObject({ state: "done", points: -100, memberId: member });
      // 500 were given to A as a right to spend, and stay there; head office takes from what it holds.
      expect(a.row("balance", member)).toMatchObject({ balance: 500, pool: 0, debt: 0 });
    });

    it("takes by the cumulative rule, and what is spent already becomes a debt", async () => {
      const receiptNumber = `R-${numbers}`;
      a.award(member, 7, { receiptNumber });
      await exchange(a);
      const parts = [233, 233, 234].map((fen) => refund(b, receiptNumber, fen));
      await exchange(b);
      expect(parts.map((id) => b.row("request", id)?.points)).toEqual([-2, -2, -3]);
      await a.pull();
      expect(a.row("balance", member)).toMatchObject({ balance: 0, debt: 7 });
    });

    it("counts once when two counters take the same goods back", async () => {
      const receiptNumber = `R-${numbers}`;
      a.award(member, 600, { receiptNumber });
      await exchange(a);
      const first = refund(b, receiptNumber, 60_000);
      await exchange(b);
      const second = refund(a, receiptNumber, 60_000);
      await exchange(a);
      expect(b.row("request", first)).toMatchObject({ state: "done", points: -600 });
      expect(a.row("request", second)).toMatchObject({ state: "refused", code: "REFUNDED_TWICE", points: null });
      expect(a.row("balance", member)?.balance).toBe(0);
    });

    it.each([
      { what: "half of it", refundFen: 30_000 },
      { what: "all of it", refundFen: 60_000 },
    ])(
      "undoes no more than was earned when the counter that sold, cut off, undoes the award after $what came back elsewhere",
      async ({ refundFen }) => {
        const receiptNumber = `R-${numbers}`;
        const award = a.award(member, 600, { receiptNumber, toRight: 500 });
        await exchange(a);
        refund(b, receiptNumber, refundFen);
        await exchange(b);
        a.voidAward(member, award, 600);
        await exchange(a);
        expect(a.row("balance", member)).toMatchObject({ balance: 0, pool: 0, debt: 0 });
      },
    );

    it("takes nothing for a purchase that was undone, or whose points wait for a decision", async () => {
      a.voidAward(member, a.award(member, 100, { receiptNumber: `V-${numbers}` }), 100);
      const proposal = a.propose(member, 300);
      await exchange(a);
      const receiptOfProposal = a.row("proposal", proposal)?.receiptNumber ?? "";
      const requests = [refund(b, `V-${numbers}`, 100), refund(b, receiptOfProposal, 100)];
      await exchange(b);
      expect(requests.map((id) => b.row("request", id)?.code)).toEqual(["ALREADY_VOIDED", "PROPOSAL_OPEN"]);
    });
  });

  describe("a void away from the counter that wrote", () => {
    it("is asked of that counter, credits nothing, and is done when it is confirmed there", async () => {
      a.award(member, 400);
      const redemption = a.redeem(member, 150) ?? { opId: "", lines: [] };
      const slip = slipOfLast(a);
      await exchange(a);
      const request = ask(b, "void.request", { slip, memberId: member });
      await exchange(b);
      expect(b.row("request", request)).toMatchObject({ state: "sent", origin: a.replica, opId: redemption.opId });
      await a.pull();
      expect(a.row("request", request)).toMatchObject({
        state: "sent",
        reference: `${slip.replica}-${slip.seq}-${slip.tail.toUpperCase()}`,
      });
      expect(a.row("balance", member)?.balance).toBe(250);

      const manager = await company.hire(`manager ${numbers}`, "manager", "A");
      a.voidRedeem(member, redemption, { by: manager, answers: request });
      expect((await a.push()).results).toMatchObject([{ verdict: "applied" }]);
      await a.pull();
      await b.pull();
      expect(b.row("request", request)).toMatchObject({ state: "done", points: 150 });
      expect(a.row("balance", member)?.balance).toBe(400);
    });

    it("waits for an entry that is not here yet, and tells the counter that asked when it is declined", async () => {
      a.award(member, 400);
      a.redeem(member, 100);
      const request = ask(b, "void.request", { slip: slipOfLast(a), memberId: null });
      await exchange(b);
      expect(b.row("request", request)).toMatchObject({ state: "open", origin: null });
      await exchange(a);
      expect(a.row("request", request)).toMatchObject({ state: "sent", origin: a.replica });
      const manager = await company.hire(`manager ${numbers}`, "manager", "A");
      const decline = {
        type: "request.decline",
        entity: { kind: "request", id: request },
        d: { requestId: request },
        personal: { ...personal, reason: "gift is used" },
      };
      // A clerk may not say no for the branch.
      a.say(decline);
      a.say({ ...decline, by: manager });
      expect((await a.push()).results.slice(-2).map(({ verdict, code }) => code ?? verdict)).toEqual(["NEVER_PERMITTED", "applied"]);
      await b.pull();
      expect(b.row("request", request)).toMatchObject({ state: "declined", answer: "gift is used" });
    });

    it("comes to nothing for another member's slip, and for an entry that is undone", async () => {
      const award = a.award(member, 100);
      const slip = slipOfLast(a);
      a.voidAward(member, award, 100);
      await exchange(a);
      const requests = [ask(b, "void.request", { slip, memberId: uuidv7() }), ask(b, "void.request", { slip, memberId: member })];
      await exchange(b);
      expect(requests.map((id) => b.row("request", id)?.code)).toEqual(["NOT_VOIDABLE", "ALREADY_VOIDED"]);
    });

    it("is answered by nobody but the counter that is asked", async () => {
      a.award(member, 100);
      const request = ask(b, "void.request", { slip: slipOfLast(a), memberId: member });
      await exchange(a);
      await exchange(b);
      const manager = await company.hire(`manager of B ${numbers}`, "manager", "B");
      b.say({ type: "request.decline", by: manager, entity: { kind: "request", id: request }, d: { requestId: request }, personal });
      expect((await b.push()).results.at(-1)).toMatchObject({ verdict: "quarantined", code: "NOT_THE_HOLDER" });
      await b.pull();
      expect(b.row("request", request)).toMatchObject({ state: "sent" });
    });
  });
});
