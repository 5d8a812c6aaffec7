import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { limboOf, rightOf, type Lot } from "#shared/domain/ledger/lots.ts";
import {
  cardOf,
  changes,
  debtOf,
  lifeOf,
  lotOf,
  moveOf,
  newId,
  newIncarnation,
  operationOf,
  refusalOf,
  save,
  type StoreOf,
} from "./samples.ts";

export function describeLedger(storeOf: StoreOf): void {
  describe("ledger", () => {
    const amountsOf = async (lotId: string): Promise<Readonly<Record<string, number>>> => {
      const { accounts } = await storeOf().read((tx) => tx.ledger.lots({ memberIds: [], lotIds: [lotId] }));
      return Object.fromEntries(accounts.map(({ holder, amount }) => [holder, amount]));
    };
    it("has every account as the sum of its entries", async () => {
      const lot = lotOf(newId(), 100);
      await save(storeOf(), { lots: [lot], entries: [...moveOf(lot, "ISSUED", "POOL", 100), ...moveOf(lot, "POOL", "REDEEMED", 30)] });
      await save(storeOf(), { entries: moveOf(lot, "REDEEMED", "POOL", 10) });
      expect(await amountsOf(lot.lotId)).toEqual({ ISSUED: -100, POOL: 80, REDEEMED: 20 });
    });

    it("refuses an account below zero, whatever the rules had decided", async () => {
      const lot = lotOf(newId(), 100);
      await save(storeOf(), { lots: [lot], entries: moveOf(lot, "ISSUED", "POOL", 100) });
      expect(await refusalOf(save(storeOf(), { entries: moveOf(lot, "POOL", "REDEEMED", 101) }))).toBe("account_not_below_zero");
      expect(await amountsOf(lot.lotId)).toEqual({ ISSUED: -100, POOL: 100 });
      // In one batch it is the sum that counts, in whichever order its entries stand.
      await save(storeOf(), { entries: [...moveOf(lot, "POOL", "REDEEMED", 150), ...moveOf(lot, "REDEEMED", "POOL", 60)] });
      expect(await amountsOf(lot.lotId)).toEqual({ ISSUED: -100, POOL: 10, REDEEMED: 90 });
    });

    it("refuses points of a lot that nobody granted", async () => {
      const entries = moveOf(lotOf(newId(), 1), "ISSUED", "POOL", 1);
      expect(await refusalOf(save(storeOf(), { entries }))).toBe("account_lot_id_lot_lot_id_fkey");
    });

    it("says what a life may spend and what was set aside of it, by member, and the sum of both", async () => {
      const incarnation = newIncarnation();
      const lot = lotOf(newId(), 100);
      const other = lotOf(newId(), 50);
      await save(storeOf(), {
        lots: [lot, other],
        entries: [
          ...moveOf(lot, "ISSUED", rightOf(incarnation), 100),
          ...moveOf(lot, rightOf(incarnation), limboOf(incarnation), 30),
          ...moveOf(lot, rightOf(incarnation), "MOVED", 10),
          ...moveOf(other, "ISSUED", limboOf(incarnation), 50),
        ],
      });
      await storeOf().read(async ({ ledger }) => {
        expect(await ledger.heldBy([rightOf(incarnation)])).toEqual([
          { lotId: lot.lotId, memberId: lot.memberId, holder: rightOf(incarnation), amount: 60, kind: "points" },
        ]);
        const aside = await ledger.heldBy([limboOf(incarnation)]);
        expect(aside.map(({ memberId, amount }) => [memberId, amount])).toEqual(
          [[lot.memberId, 30] as const, [other.memberId, 50] as const].toSorted(([a], [b]) => (a < b ? -1 : 1)),
        );
        const total = (await ledger.lifeTotals()).find((each) => each.incarnation === incarnation);
        expect(total).toEqual({ incarnation, points: 140, members: 2, budget: 0 });
      });
    });

    it("refuses a lot, a line or an undo that is there already", async () => {
      const lot = lotOf(newId(), 100);
      const entries = moveOf(lot, "ISSUED", "POOL", 100);
      const [first, again] = [newId(), newId()];
      await save(storeOf(), { lots: [lot], entries, undos: [{ undone: lot.causeOpId, opId: first }] });
      const refusals = await Promise.all([
        refusalOf(save(storeOf(), { lots: [lot] })),
        refusalOf(save(storeOf(), { entries: moveOf(lot, "POOL", "REDEEMED", 1, entries[0]?.opId) })),
        refusalOf(save(storeOf(), { undos: [{ undone: lot.causeOpId, opId: again }] })),
      ]);
      expect(refusals).toEqual(["lot_pkey", "ledger_entry_pkey", "undo_pkey"]);
      expect(await storeOf().read((tx) => tx.ledger.undone([lot.causeOpId, again]))).toEqual([{ undone: lot.causeOpId, opId: first }]);
    });

    it("says what was booked in a span of dates and what came late of it, and notices one digit that changed", async () => {
      const memberId = newId();
      const lot = lotOf(memberId, 100);
      const replica = await storeOf().write((tx) => tx.stations.add({ branchId: "east", publicKey: Buffer.alloc(32), app: "1.0" }));
      const award = operationOf({ replica, incarnation: newIncarnation(), seq: 1, type: "points.award" });
      await storeOf().write((tx) => tx.inbox.insert([award]));
      const inTime = { eventDate: "1998-03-01", bookingDate: "1998-03-02" };
      const late = { eventDate: "1998-03-31", bookingDate: "1998-04-02" };
      const moved = moveOf(lot, "ISSUED", "POOL", 100, award.opId);
      const spent = moveOf(lot, "POOL", rightOf("0123456789abcdef"), 40);
      await save(storeOf(), {
        lots: [lot],
        entries: [...moved.map((entry) => ({ ...entry, ...late })), ...spent.map((entry) => ({ ...entry, ...inTime }))],
      });
      const march = { after: "1998-02-28", until: "1998-03-31" };
      const booked = await storeOf().read((tx) => tx.ledger.booked(march));
      expect(booked).toMatchObject([
        { account: "POOL", amount: -40, entries: 1 },
        { account: "RIGHT", amount: 40, entries: 1 },
      ]);
      const [pool] = spent;
      if (!pool) throw new Error("a move has two entries");
      const text = [pool.opId, 0, lot.lotId, memberId, "POOL", -40, "1998-03-01", "1998-03-02"].join("|");
      expect(booked[0]?.fingerprint).toBe(String(BigInt(`0x${createHash("md5").update(text).digest("hex").slice(0, 15)}`)));
      const found = await storeOf().read((tx) => tx.ledger.lateFacts({ ...march, limit: 9 }));
      expect(found).toEqual([{ opId: award.opId, type: "points.award", memberId, ...late, points: 100 }]);
      expect(await storeOf().read((tx) => tx.ledger.lateFacts({ after: "1998-03-31", until: "1998-04-30", limit: 9 }))).toEqual([]);
    });

    it("knows a limited benefit from points: it is held like them, and stands in no report of points", async () => {
      const [item, incarnation] = [newId(), newIncarnation()];
      const lot: Lot = { ...lotOf(item, 50), kind: "benefit" };
      const then = { eventDate: "1997-03-01", bookingDate: "1997-03-01" };
      const entries = [...moveOf(lot, "ISSUED", "POOL", 50), ...moveOf(lot, "POOL", rightOf(incarnation), 20)];
      await save(storeOf(), { lots: [lot], entries: entries.map((entry) => ({ ...entry, ...then })) });
      await storeOf().read(async ({ ledger }) => {
        expect((await ledger.lots({ memberIds: [item], lotIds: [] })).lots).toEqual([lot]);
        expect(await ledger.heldBy([rightOf(incarnation)])).toMatchObject([{ memberId: item, amount: 20, kind: "benefit" }]);
        const total = (await ledger.lifeTotals()).find((each) => each.incarnation === incarnation);
        expect(total).toEqual({ incarnation, points: 0, members: 0, budget: 20 });
        expect(await ledger.booked({ after: "1997-02-28", until: "1997-03-31" })).toEqual([]);
      });
    });

    it("refuses an entry that moves nothing", async () => {
      const lot = lotOf(newId(), 100);
      expect(await refusalOf(save(storeOf(), { lots: [lot], entries: moveOf(lot, "ISSUED", "POOL", 0) }))).toBe("ledger_entry_moves");
    });

    it("tells the debt of a member who is locked, and lets only the claim go below zero", async () => {
      const [memberId, other] = [newId(), newId()];
      const owe = (points: number) =>
        storeOf().write(async (tx) => {
          await tx.ledger.lock([memberId]);
          await tx.ledger.save(changes({ entries: debtOf(memberId, points) }));
        });
      await owe(30);
      expect(await storeOf().write((tx) => tx.ledger.lock([memberId, other, memberId]))).toEqual(
        new Map([
          [memberId, 30],
          [other, 0],
        ]),
      );
      expect(await refusalOf(owe(-31))).toBe("member_account_not_below_zero");
      expect(await storeOf().write((tx) => tx.ledger.lock([memberId]))).toEqual(new Map([[memberId, 30]]));
      expect(await storeOf().write((tx) => tx.ledger.lock([]))).toEqual(new Map());
    });

    it("finds the lots of a member that have points left, and those that are named", async () => {
      const memberId = newId();
      const [spent, left, elsewhere] = [lotOf(memberId, 10), lotOf(memberId, 20), lotOf(newId(), 30)];
      await save(storeOf(), {
        lots: [spent, left, elsewhere],
        entries: [
          ...moveOf(spent, "ISSUED", "POOL", 10),
          ...moveOf(spent, "POOL", "REDEEMED", 10),
          ...moveOf(left, "ISSUED", rightOf("a life"), 20),
          ...moveOf(elsewhere, "ISSUED", "POOL", 30),
        ],
      });
      const find = (lotIds: readonly string[]) => storeOf().read((tx) => tx.ledger.lots({ memberIds: [memberId], lotIds }));
      expect(await find([])).toEqual({
        lots: [left],
        accounts: expect.arrayContaining([
          { lotId: left.lotId, holder: "ISSUED", memberId, amount: -20 },
          { lotId: left.lotId, holder: rightOf("a life"), memberId, amount: 20 },
        ]),
      });
      const named = await find([elsewhere.lotId, left.lotId, newId()]);
      expect(named.lots.map(({ lotId }) => lotId).toSorted()).toEqual([left.lotId, elsewhere.lotId].toSorted());
    });

    it("has one active card for a member, and stops the old one before the new", async () => {
      const memberId = newId();
      const [old, fresh] = [cardOf(memberId), cardOf(memberId)];
      await save(storeOf(), { newCards: [old] });
      const refusals = await Promise.all([
        refusalOf(save(storeOf(), { newCards: [fresh] })),
        refusalOf(save(storeOf(), { newCards: [cardOf(newId(), old.cardNumber)] })),
      ]);
      expect(refusals).toEqual(["card_one_active_main", "card_pkey"]);
      const stopped = { ...old, state: "blocked", blockedReason: "lost", blockedOn: "2026-05-12", blockedHlc: "0000000000000001" } as const;
      await save(storeOf(), { blockedCards: [stopped], newCards: [fresh] });
      const find = (of: { memberIds: string[]; cardNumbers: string[] }) => storeOf().read((tx) => tx.ledger.cards(of));
      expect(await find({ memberIds: [memberId], cardNumbers: [] })).toEqual(expect.arrayContaining([stopped, fresh]));
      expect(await find({ memberIds: [], cardNumbers: [old.cardNumber, newId()] })).toEqual([stopped]);
    });

    it("gives a receipt to its first award, and to the next one once that was undone", async () => {
      const [receiptNumber, other] = [newId(), newId()];
      const [first, second, third] = [1, 2, 3].map((replica) => ({ opId: newId(), replica }));
      if (!first || !second || !third) throw new Error("three awards were made");
      const claim = (award: typeof first) => storeOf().write((tx) => tx.ledger.claimReceipts([{ receiptNumber, ...award }]));
      expect(await claim(first)).toEqual(new Map([[receiptNumber, first]]));
      expect(await claim(second)).toEqual(new Map([[receiptNumber, first]]));
      await save(storeOf(), { undos: [{ undone: first.opId, opId: newId() }] });
      expect(await claim(third)).toEqual(new Map([[receiptNumber, third]]));
      expect(await storeOf().read((tx) => tx.ledger.awardsOf([receiptNumber, other]))).toEqual(new Map([[receiptNumber, third]]));
    });

    it("numbers grants of one life without doubles", async () => {
      const [incarnation, other] = [newIncarnation(), newIncarnation()];
      const grant = (gno: number, opId = newId()) => ({ opId, replica: 1, incarnation, gno, memberId: newId() });
      const second = grant(2);
      await save(storeOf(), { grants: [grant(1), second] });
      const refusals = await Promise.all([
        refusalOf(save(storeOf(), { grants: [grant(2)] })),
        refusalOf(save(storeOf(), { grants: [grant(3, second.opId)] })),
      ]);
      expect(refusals).toEqual(["grant_out_dense", "grant_out_pkey"]);
      expect(await storeOf().read((tx) => tx.ledger.lastGrantNumbers([incarnation, other]))).toEqual(new Map([[incarnation, 2]]));
    });

    it("says what a life could spend at an earlier point, without what came later", async () => {
      const lot = lotOf(newId(), 100);
      const { incarnation, replica } = await storeOf().write(async (tx) => {
        const station = await tx.stations.add({ branchId: "east", publicKey: hashesOf(1), app: "test" });
        const life = lifeOf(station);
        await tx.stations.register(life, 1);
        return life;
      });
      const spends = operationOf({ replica, incarnation, seq: 1 });
      const grant = { opId: newId(), replica, incarnation, gno: 1, memberId: lot.memberId };
      const right = rightOf(incarnation);
      await storeOf().write(async (tx) => {
        await tx.inbox.insert([spends]);
        await tx.ledger.save(
          changes({
            lots: [lot],
            grants: [grant],
            entries: [
              ...moveOf(lot, "ISSUED", "POOL", 100),
              ...moveOf(lot, "POOL", right, 50, grant.opId),
              ...moveOf(lot, right, "REDEEMED", 20, spends.opId),
            ],
          }),
        );
      });
      const rights = (atSeq: number, atGno: number) => storeOf().read((tx) => tx.ledger.rightsAsOf(incarnation, atSeq, atGno));
      expect(await rights(1, 1)).toEqual([{ lotId: lot.lotId, points: 30 }]);
      expect(await rights(0, 1)).toEqual([{ lotId: lot.lotId, points: 50 }]);
      expect(await rights(0, 0)).toEqual([]);
    });

    it("does a draw once", async () => {
      const draw = { drawId: newId(), incarnation: newIncarnation(), memberId: newId(), want: 200, granted: 150 };
      await storeOf().write((tx) => tx.ledger.addDraw(draw));
      expect(await storeOf().read((tx) => tx.ledger.findDraw(draw.drawId))).toEqual(draw);
      expect(await storeOf().read((tx) => tx.ledger.findDraw(newId()))).toBeUndefined();
      expect(await refusalOf(storeOf().write((tx) => tx.ledger.addDraw(draw)))).toBe("draw_pkey");
    });

    it("counts visits by branch in a span of months", async () => {
      const memberId = newId();
      const visit = (branchId: string, visits: number, month: string) =>
        storeOf().write((tx) => tx.ledger.addVisits([{ memberId, branchId, visits }], month));
      await visit("east", 2, "2026-10");
      await visit("east", 1, "2026-10");
      await visit("east", 4, "2026-11");
      await visit("west", 8, "2025-01");
      const counted = await storeOf().read((tx) => tx.ledger.visits([memberId], "2026-10"));
      expect(new Map(counted.map(({ branchId, visits }) => [branchId, visits]))).toEqual(
        new Map([
          ["east", 7],
          ["west", 0],
        ]),
      );
      const stale = async () =>
        (await storeOf().read((tx) => tx.ledger.notVisitedSince("2025-02", 1_000))).filter((pair) => pair.memberId === memberId);
      expect(await stale()).toEqual([{ memberId, branchId: "west" }]);
      await storeOf().write((tx) => tx.ledger.forgetVisits(memberId, "west"));
      expect(await stale()).toEqual([]);
      expect(await storeOf().read((tx) => tx.ledger.visits([memberId], "2026-10"))).toMatchObject([{ branchId: "east" }]);
    });
  });
}

const hashesOf = (byte: number): Uint8Array => Buffer.alloc(32, byte);
