import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { BalanceRecord, FeedRecords } from "#shared/contracts/sync/feed.ts";
import { clerk, manager, openCounter, ownIncarnation, value, type TestCounter } from "#test/support/counter.ts";

const stream = "prof/branch-a";
type Row = {
  readonly [K in keyof FeedRecords]: { readonly kind: K; readonly id: string; readonly record?: FeedRecords[K] };
}[keyof FeedRecords];

/** A page of the feed as the exchange applies it: the cursor first, then rows; a row without record is a deletion. */
const page = (counter: TestCounter, g: number, rows: readonly Row[]): void =>
  counter.store.exchange((tx) => {
    tx.moveCursor(stream, g);
    for (const { kind, id, record } of rows)
      if (record) tx.putRow(kind, id, record, 1, g);
      else tx.deleteRow(kind, id);
  });

/** What head office says to every operation that still waits. */
const verdict = (counter: TestCounter, state: "applied" | "flagged" | "quarantined", g: number): void =>
  counter.store.exchange((tx) => {
    const { operations } = tx.outbox(tx.acknowledged(), { maxOperations: 100, maxBytes: 1e6 });
    tx.settle(
      operations.at(-1)?.seq ?? tx.acknowledged(),
      operations.map(({ seq }) => ({ seq, state, code: null, settle: { s: stream, g } })),
    );
  });

const balanceOf = (memberId: string, balance: number): BalanceRecord => ({
  memberId,
  balance,
  pool: 0,
  rights: [{ branchId: "branch-a", points: balance }],
  held: 0,
  setAside: [],
  proposed: 0,
  debt: 0,
  lots: [],
});
const balanceRow = (memberId: string, balance: number): Row => ({ kind: "balance", id: memberId, record: balanceOf(memberId, balance) });
const shownBalance = (counter: TestCounter, memberId: string): number | null => value(counter.balance({ memberId })).balance;

describe("the balance between a verdict and the row that contains it", () => {
  function openWithAward() {
    const counter = openCounter();
    const { memberId } = counter.member();
    verdict(counter, "applied", 5);
    page(counter, 5, [balanceRow(memberId, 0)]);
    counter.give(memberId, 60);
    return { counter, memberId };
  }

  it("is the same at every step when the verdict comes first", () => {
    const { counter, memberId } = openWithAward();
    expect(shownBalance(counter, memberId)).toBe(60);
    verdict(counter, "applied", 7);
    expect(shownBalance(counter, memberId)).toBe(60);
    // The row of another act, from before the award: the cursor has not come to it yet.
    page(counter, 6, [balanceRow(memberId, 0)]);
    expect(shownBalance(counter, memberId)).toBe(60);
    page(counter, 7, [balanceRow(memberId, 60)]);
    expect(shownBalance(counter, memberId)).toBe(60);
    expect(value(counter.balance({ memberId })).notExchanged).toBe(0);
    page(counter, 9, [balanceRow(memberId, 100)]);
    expect(shownBalance(counter, memberId)).toBe(100);
  });

  it("is right again with the verdict when its answer was lost and the row came first", () => {
    const { counter, memberId } = openWithAward();
    page(counter, 7, [balanceRow(memberId, 60)]);
    verdict(counter, "applied", 7);
    expect(shownBalance(counter, memberId)).toBe(60);
    expect(value(counter.balance({ memberId })).notExchanged).toBe(0);
  });

  it("keeps a later act on top of a row that contains the earlier one", () => {
    const { counter, memberId } = openWithAward();
    verdict(counter, "applied", 7);
    counter.give(memberId, 40);
    page(counter, 7, [balanceRow(memberId, 60)]);
    expect(shownBalance(counter, memberId)).toBe(100);
    expect(value(counter.balance({ memberId })).notExchanged).toBe(1);
    verdict(counter, "applied", 8);
    page(counter, 8, [balanceRow(memberId, 100)]);
    expect(shownBalance(counter, memberId)).toBe(100);
  });

  it("falls when head office did not apply the award", () => {
    const { counter, memberId } = openWithAward();
    verdict(counter, "quarantined", 7);
    expect(shownBalance(counter, memberId)).toBe(60);
    page(counter, 7, [balanceRow(memberId, 0)]);
    expect(shownBalance(counter, memberId)).toBe(0);
    expect(counter.journal(clerk)[0]).toMatchObject({ kind: "award", state: "quarantined" });
  });

  it("is not settled by the cursor of another stream", () => {
    const { counter, memberId } = openWithAward();
    verdict(counter, "applied", 7);
    counter.store.exchange((tx) => tx.moveCursor("dir", 100));
    expect(value(counter.balance({ memberId })).notExchanged).toBe(1);
  });

  it("counts a proposal once, before and after head office lists it", () => {
    const { counter, memberId } = openWithAward();
    const purchase = { receiptNumber: "HT-1", amountFen: 25_000_000 };
    const { opId } = value(counter.award({ requestId: uuidv7(), memberId, purchase, ruleId: "contract", ruleVersion: 1 }, clerk));
    const shown = (): unknown => {
      const { proposed } = value(counter.balance({ memberId }));
      return [proposed, value(counter.explain({ memberId, figure: "proposed" })).total];
    };
    expect(shown()).toEqual([25, 25]);
    verdict(counter, "applied", 7);
    expect(shown()).toEqual([25, 25]);
    const [proposal] = counter.store.read((view) => view.proposals.all());
    if (!proposal) throw new Error("the proposal is listed here");
    const balance = { ...balanceOf(memberId, 60), proposed: 25 };
    page(counter, 7, [
      { kind: "proposal", id: opId, record: proposal },
      { kind: "balance", id: memberId, record: balance },
    ]);
    expect(shown()).toEqual([25, 25]);
    page(counter, 8, [
      { kind: "proposal", id: opId, record: { ...proposal, state: "approved" } },
      { kind: "balance", id: memberId, record: { ...balance, balance: 85, proposed: 0 } },
    ]);
    expect(shown()).toEqual([0, 0]);
    expect(shownBalance(counter, memberId)).toBe(85);
  });
});

describe("a row of the feed", () => {
  it("under an edit that is not settled keeps the edit on top, and shows its own version afterwards", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 811 });
    const [card] = counter.store.read((view) => view.cards.ofMember(memberId));
    if (!card) throw new Error("the member has a card");
    verdict(counter, "applied", 5);
    page(counter, 5, []);
    value(counter.blockCard({ requestId: uuidv7(), memberId, reason: "lost" }, manager));
    const cardState = () => counter.store.read((view) => view.cards.find(card.cardNumber)?.state);
    page(counter, 6, [{ kind: "card", id: card.cardNumber, record: { ...card, cardKind: "vip" } }]);
    expect(counter.store.read((view) => view.cards.find(card.cardNumber))).toMatchObject({ cardKind: "vip", state: "blocked" });
    verdict(counter, "quarantined", 8);
    expect(cardState()).toBe("blocked");
    page(counter, 8, [{ kind: "card", id: card.cardNumber, record: card }]);
    expect(cardState()).toBe("active");
  });

  it("of a person who was entered here and changed elsewhere shows the change once it is settled", () => {
    const counter = openCounter();
    const member = counter.member({ name: "王小明" });
    const { memberId, memberNumber } = member;
    verdict(counter, "flagged", 6);
    const record = {
      memberId,
      memberNumber,
      homeBranch: "branch-a",
      state: "active",
      name: "王晓明",
      phones: [],
      birthday: null,
      address: "",
      createdAtMs: 1,
    } as const;
    page(counter, 6, [{ kind: "member", id: memberId, record: { ...record, phones: [] } }]);
    expect(value(counter.getMember({ memberId })).name).toBe("王晓明");
    expect(counter.findMembers({ text: "wxm" }, clerk).members).toHaveLength(1);
  });

  it("that head office took back goes, also when this station had made it", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ phone: "13812345678", card: 812 });
    const [card] = counter.store.read((view) => view.cards.ofMember(memberId));
    verdict(counter, "quarantined", 9);
    expect(counter.getMember({ memberId }).ok).toBe(true);
    page(counter, 9, [
      { kind: "member", id: memberId },
      { kind: "card", id: card?.cardNumber ?? "" },
      { kind: "balance", id: memberId },
    ]);
    expect(counter.getMember({ memberId }).ok).toBe(false);
    expect(counter.findMembers({ text: "13812345678" }, clerk).members).toEqual([]);
    expect(counter.store.read((view) => view.cards.find(card?.cardNumber ?? ""))).toBeUndefined();
    // The journal still tells what was done today.
    expect(counter.journal(clerk).map(({ kind, state }) => [kind, state])).toEqual([
      ["cardIssued", "quarantined"],
      ["memberCreated", "quarantined"],
    ]);
  });

  it("that leaves the working set waits for an edit of it that is not settled", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    page(counter, 9, [{ kind: "member", id: memberId }]);
    expect(counter.getMember({ memberId }).ok).toBe(true);
  });

  it("that left the working set under an edit leaves when the edit is settled", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 813 });
    const [card] = counter.store.read((view) => view.cards.ofMember(memberId));
    if (!card) throw new Error("the member has a card");
    verdict(counter, "applied", 5);
    page(counter, 5, []);
    value(counter.blockCard({ requestId: uuidv7(), memberId, reason: "lost" }, manager));
    page(counter, 6, [{ kind: "card", id: card.cardNumber }]);
    const shown = () => counter.store.read((view) => view.cards.find(card.cardNumber));
    expect(shown()).toMatchObject({ state: "blocked" });
    verdict(counter, "applied", 7);
    page(counter, 7, []);
    expect(shown()).toBeUndefined();
  });

  it("under an edit that was refused is again what head office last told, also when that came before the edit", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 814 });
    const [card] = counter.store.read((view) => view.cards.ofMember(memberId));
    if (!card) throw new Error("the member has a card");
    verdict(counter, "applied", 5);
    page(counter, 5, [{ kind: "card", id: card.cardNumber, record: card }]);
    value(counter.blockCard({ requestId: uuidv7(), memberId, reason: "lost" }, manager));
    verdict(counter, "quarantined", 6);
    page(counter, 6, []);
    expect(counter.store.read((view) => view.cards.find(card.cardNumber))).toEqual(card);
  });

  it("of every other kind comes and goes", () => {
    const counter = openCounter();
    page(counter, 3, [
      { kind: "plan", id: "tea" },
      { kind: "rule", id: "purchase/1" },
      { kind: "staff", id: manager.staffId },
    ]);
    expect(counter.listPlans()).toEqual([]);
    expect(counter.listRules().map(({ ruleId }) => ruleId)).toEqual(["contract"]);
    expect(counter.sessionOperator(manager.staffId)).toBeUndefined();
  });
});

describe("a grant", () => {
  function openWaiting() {
    const counter = openCounter();
    const { memberId } = counter.member();
    const lots = [uuidv7(), uuidv7(), uuidv7()];
    const grant = (gno: number, points: number, incarnation = ownIncarnation): void =>
      counter.hear("grant", `grant-${gno}`, {
        opId: `grant-${gno}`,
        incarnation,
        gno,
        memberId,
        lines: [{ lotId: lots[gno - 1] ?? "", points, earnedOn: "2026-01-01", expiresOn: null }],
      });
    const here = (): number => value(counter.balance({ memberId })).spendableHere;
    const claim = () => counter.store.exchange((tx) => tx.rightsClaim());
    return { counter, grant, here, claim };
  }

  it("is applied once, however often it comes", () => {
    const { grant, here, claim } = openWaiting();
    grant(1, 50);
    const once = claim();
    grant(1, 50);
    expect(here()).toBe(50);
    expect(claim()).toEqual(once);
    expect(once).toMatchObject({ count: 1, atGno: 1 });
  });

  it("waits for the one before it", () => {
    const { grant, here, claim } = openWaiting();
    grant(3, 30);
    grant(2, 20);
    expect([here(), claim().atGno]).toEqual([0, 0]);
    grant(1, 10);
    expect([here(), claim().atGno]).toEqual([60, 3]);
  });

  it("goes on waiting after a restart", () => {
    const { counter, grant } = openWaiting();
    grant(2, 20);
    counter.close();
    const again = openCounter({ file: counter.file });
    expect(again.store.exchange((tx) => tx.rightsClaim())).toMatchObject({ count: 0, atGno: 0 });
    const [member] = again.store.read((view) => view.members.all());
    const memberId = member?.memberId ?? "";
    const lines = [{ lotId: uuidv7(), points: 10, earnedOn: "2026-01-01", expiresOn: null }];
    again.hear("grant", "grant-1", { opId: "grant-1", incarnation: ownIncarnation, gno: 1, memberId, lines });
    expect(value(again.balance({ memberId })).spendableHere).toBe(30);
  });

  it("to another life of this database is not ours to spend", () => {
    const { grant, here, claim } = openWaiting();
    grant(1, 50, "00000000000000ff");
    expect([here(), claim().atGno]).toEqual([0, 0]);
  });

  it("can be spent like points that were earned here", () => {
    const { counter, grant, here } = openWaiting();
    grant(1, 100);
    const [member] = counter.store.read((view) => view.members.all());
    value(counter.tea(member?.memberId ?? ""));
    expect(here()).toBe(20);
  });
});
