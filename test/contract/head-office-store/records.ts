import { describe, expect, it } from "vitest";
import type { StoredRecord } from "#server/app/ports/record-store.ts";
import { cardOf, changes, memberOf, newId, recordOf, save, type StoreOf } from "./samples.ts";

export function describeRecords(storeOf: StoreOf): void {
  describe("records", () => {
    const put = (...records: StoredRecord[]) => storeOf().write((tx) => tx.records.save(records));
    const ids = (records: readonly StoredRecord[]) => records.map(({ id }) => id).toSorted();

    it("come back as they were put, personal fields too, and are replaced as a whole", async () => {
      const member = memberOf(newId(), { phones: ["13800001111"] });
      const other = recordOf("branch", { code: newId(), name: "城东店", open: null, floors: [1, { of: 2 }] });
      await put(member, other);
      const find = () => storeOf().read((tx) => tx.records.find([member, other, { kind: "plan", id: member.id }, member]));
      expect(await find()).toEqual(expect.arrayContaining([member, other]));
      expect(await find()).toHaveLength(2);
      const changed = { ...other, doc: { code: other.doc["code"] ?? null }, fieldClock: {}, ver: 2 };
      await put(changed);
      expect(await find()).toEqual(expect.arrayContaining([member, changed]));
    });

    it("come when their kind and id are asked for together, and not because each is asked for by itself", async () => {
      const [member, other] = [memberOf(newId()), memberOf(newId())];
      const planUnder = ({ id }: StoredRecord): StoredRecord => ({ ...recordOf("plan", {}), id });
      const otherPlan = planUnder(other);
      await put(member, other, planUnder(member), otherPlan);
      const found = await storeOf().read((tx) => tx.records.find([member, otherPlan]));
      expect(found.map(({ kind, id }) => `${kind} ${id}`).toSorted()).toEqual([`member ${member.id}`, `plan ${other.id}`]);
    });

    it("refuse a branch code, a user name or a member number that another has", async () => {
      const [code, userName, memberNumber] = [newId(), `Chen ${newId()}`, newId()];
      const branch = recordOf("branch", { code });
      const staff = recordOf("staff", { userName });
      const member = memberOf(newId(), { memberNumber });
      await put(branch, staff, member);
      await put(branch, staff, member);
      const refused = (record: StoredRecord, constraint: string) => expect(put(record)).rejects.toMatchObject({ constraint });
      await Promise.all([
        refused(recordOf("branch", { code }), "record_branch_code"),
        refused(recordOf("staff", { userName: userName.toUpperCase() }), "record_user_name"),
        refused(memberOf(newId(), { memberNumber }), "record_member_number"),
      ]);
      await put(recordOf("plan", { code, userName, memberNumber }));

      await storeOf().read(async ({ records }) => {
        expect((await records.branchCoded(code))?.id).toBe(branch.id);
        expect((await records.staffNamed(userName.toLowerCase()))?.id).toBe(staff.id);
        expect(ids(await records.membersNumbered([memberNumber, newId(), memberNumber]))).toEqual([member.id]);
        expect(await records.branchCoded(newId())).toBeUndefined();
        expect(await records.staffNamed(newId())).toBeUndefined();
      });
    });

    it("refuse to be written twice at once", async () => {
      const plan = recordOf("plan", { name: "tea" });
      await expect(put(plan, { ...plan, ver: 2 })).rejects.toThrow("a second time");
    });

    it("are listed by kind in the order of their ids", async () => {
      const some = [recordOf("gift", {}), recordOf("gift", {}), recordOf("gift", {})];
      await put(...some);
      const listed = (await storeOf().read((tx) => tx.records.ofKind("gift"))).map(({ id }) => id);
      expect(listed.filter((id) => some.some((each) => each.id === id))).toEqual(ids(some));
    });

    it("say which proposals a life of a station has still to decide", async () => {
      const heldBy = newId();
      const held = recordOf("proposal", { memberId: newId(), state: "open", heldBy, earnedOn: "2026-01-01" });
      await put(
        held,
        recordOf("proposal", { ...held.doc, state: "approved" }),
        recordOf("proposal", { ...held.doc, heldBy: null }),
        recordOf("proposal", { ...held.doc, heldBy: newId() }),
      );
      expect(ids(await storeOf().read((tx) => tx.records.proposalsHeldBy(heldBy)))).toEqual([held.id]);
    });

    it("tell which holds of a life have not ended", async () => {
      const heldBy = newId();
      const held = recordOf("hold", { memberId: newId(), state: "held", heldBy });
      await put(held, recordOf("hold", { ...held.doc, state: "confirmed" }), recordOf("hold", { ...held.doc, heldBy: newId() }));
      expect(ids(await storeOf().read((tx) => tx.records.holdsOf(heldBy)))).toEqual([held.id]);
    });

    it("tell which requests a station was asked to answer", async () => {
      const sent = recordOf("request", { state: "sent", origin: 913 });
      await put(sent, recordOf("request", { state: "done", origin: 913 }), recordOf("request", { state: "sent", origin: 914 }));
      expect(ids(await storeOf().read((tx) => tx.records.sentRequests(913)))).toEqual([sent.id]);
    });

    it("tell what stations were asked to hand back and have not answered", async () => {
      const memberId = newId();
      const open = recordOf("recall", { memberId, state: "open" });
      await put(open, recordOf("recall", { memberId, state: "answered" }), recordOf("recall", { memberId: newId(), state: "open" }));
      expect(ids(await storeOf().read((tx) => tx.records.openRecalls([memberId, newId()])))).toEqual([open.id]);
    });

    it("answer what a batch has to know of rules, proposals, ranges and requests", async () => {
      const [ruleId, memberId, receipt] = [newId(), newId(), newId()];
      const rules = [1, 2].map((version) => recordOf("rule", { ruleId, version }));
      const proposal = (state: string, earnedOn: string) => recordOf("proposal", { memberId, state, earnedOn, proposedAtMs: 9e12 });
      const [open, recent, old] = [proposal("open", "2020-01-01"), proposal("approved", "2026-11-01"), proposal("approved", "2020-01-01")];
      const [lapsed, longAgo] = ["2026-10-02", "2026-01-02"].map((bookedOn) => recordOf("lapse", { memberId, bookedOn }));
      if (!lapsed || !longAgo) throw new Error("two were made");
      const range = recordOf("cardRange", { first: "777100", last: "777199" });
      const request = (kind: string, state: string, reference: string) => recordOf("request", { kind, state, reference });
      const [refund, undo, done, others] = [
        request("refund", "open", receipt),
        request("void", "open", "912-7"),
        request("refund", "done", receipt),
        request("void", "open", "9123-7"),
      ];
      await put(...rules, open, recent, old, lapsed, longAgo, range, refund, undo, done, others);
      await storeOf().read(async ({ records }) => {
        expect(ids(await records.ruleVersions([ruleId, newId()]))).toEqual(ids(rules));
        expect(ids(await records.ofMembers([memberId], "2026-10-01"))).toEqual(ids([open, recent, lapsed]));
        expect(ids(await records.lapses([memberId, newId()]))).toEqual(ids([lapsed, longAgo]));
        expect(ids(await records.cardRangesOver(["777100", "777250"]))).toEqual([range.id]);
        expect(await records.cardRangesOver(["777200", "7771000", "77719"])).toEqual([]);
        expect(ids(await records.openRequests({ receiptNumbers: [receipt], replica: 912 }))).toEqual(ids([refund, undo]));
        const latest = (await records.latestProposals()).map(({ id }) => id).filter((id) => ids([open, recent, old]).includes(id));
        expect(latest[0]).toBe(open.id);
        expect(latest).toHaveLength(3);
      });
    });

    it("tell which purchases wait for a card that somebody has by now, the oldest first", async () => {
      const [memberId, theirs, blank, another] = [newId(), newId(), newId(), newId()];
      const kept = (cardNumber: string, keptAtMs: number, state = "open") => recordOf("keptPurchase", { cardNumber, keptAtMs, state });
      const [later, earlier] = [kept(theirs, 9e12 + 1), kept(theirs, 9e12)];
      await put(later, earlier, kept(blank, 1), kept(another, 2, "awarded"));
      await storeOf().write((tx) => tx.ledger.save(changes({ newCards: [cardOf(memberId, theirs)] })));
      const due = (await storeOf().read((tx) => tx.records.purchasesWithOwner())).filter((each) => each.memberId === memberId);
      expect(due).toEqual([earlier, later].map(({ id }) => ({ purchaseId: id, memberId })));
    });

    it("tell which purchases nobody has claimed for long, the oldest first", async () => {
      const kept = (keptAtMs: number, state = "open") => recordOf("keptPurchase", { cardNumber: newId(), keptAtMs, state });
      const [later, earlier, young] = [kept(5e11 + 1), kept(5e11), kept(5e11 + 2)];
      const closed = kept(5e11, "closed");
      await put(later, earlier, young, closed);
      const found = (await storeOf().read((tx) => tx.records.purchasesUnclaimed(5e11 + 2))).map(({ id }) => id);
      const made = [later, earlier, young, closed].map(({ id }) => id);
      expect(found.filter((id) => made.includes(id))).toEqual([earlier.id, later.id]);
    });

    it("tell of every gift the last count and what came after it", async () => {
      const branchId = newId();
      const move = (itemId: string, why: string, hlc: string, itemKind = "gift") =>
        recordOf("stockMove", { branchId, itemKind, itemId, why, hlc });
      const moves = [
        move("cup", "received", "01"),
        move("cup", "counted", "02"),
        move("cup", "handedOut", "03"),
        move("umbrella", "received", "01"),
        move("cup", "received", "09", "card"),
      ];
      await put(...moves);
      const since = (await storeOf().read((tx) => tx.records.giftMovesSinceCount())).filter(({ doc }) => doc["branchId"] === branchId);
      expect(ids(since)).toEqual(ids([moves[1], moves[2], moves[3]].flatMap((each) => each ?? [])));
    });

    it("tell balances by member number", async () => {
      const numbers = [newId(), newId()] as const;
      const [rich, without] = [memberOf(newId(), { memberNumber: numbers[0] }), memberOf(newId(), { memberNumber: numbers[1] })];
      const lots = [
        { points: 60, expiresOn: "2026-06-30" },
        { points: 200, expiresOn: null },
      ];
      await put(rich, without, recordOf("balance", { balance: 260, lots }, rich.id));
      const balances = await storeOf().read((tx) => tx.records.balances(numbers, "2026-06-30"));
      expect(balances).toEqual(new Map([[numbers[0], 260]]));
      expect((await storeOf().read((tx) => tx.records.balances(undefined, "2026-07-01"))).get(numbers[0])).toBe(200);
    });

    it("of members are found by card, phone, number and part, the part inside the scope alone", async () => {
      const homeBranch = newId();
      const digits = String(Date.now()).slice(-7);
      const letters = newId().replaceAll(/[^a-f]/g, "x");
      const name = `欧阳${letters}`;
      const [here, visitor, stranger] = [
        memberOf(newId(), { homeBranch, name, memberNumber: `B${letters}`, phones: [`139${digits}1`] }),
        memberOf(newId(), { homeBranch: newId(), name, memberNumber: `A${letters}`, phones: [`139${digits}2`] }),
        memberOf(newId(), { homeBranch: newId(), name, memberNumber: `C${letters}` }),
      ];
      if (!here || !visitor || !stranger) throw new Error("three members were made");
      await put(here, visitor, stranger, recordOf("balance", { balance: 40 }, here.id));
      await storeOf().write((tx) => tx.ledger.addVisits([{ memberId: visitor.id, branchId: homeBranch, visits: 1 }], "2026-11"));
      const card = cardOf(stranger.id);
      await save(storeOf(), { newCards: [card] });
      const find = async (kind: "card" | "phone" | "memberNumber" | "part", value: string, scopeBranchId: string | null, limit = 9) =>
        (await storeOf().read((tx) => tx.finds.members({ kind, value, scopeBranchId, today: "2026-11-22", limit }))).map(
          ({ member, balance, isInScope }) => [member.memberId, balance, isInScope],
        );

      expect(await find("card", card.cardNumber, homeBranch)).toEqual([[stranger.id, 0, false]]);
      expect(await find("phone", `139${digits}1`, homeBranch)).toEqual([[here.id, 40, true]]);
      expect(await find("memberNumber", `A${letters}`, homeBranch)).toEqual([[visitor.id, 0, true]]);
      expect(await find("part", name.slice(1), homeBranch)).toEqual([
        [visitor.id, 0, true],
        [here.id, 40, true],
      ]);
      expect(await find("part", name, null)).toHaveLength(3);
      expect(await find("part", name, null, 1)).toEqual([[visitor.id, 0, true]]);
      expect(await find("part", digits, homeBranch)).toHaveLength(2);
      expect(await find("part", digits.slice(0, 3), homeBranch)).toEqual([]);
      expect(await find("card", newId(), null)).toEqual([]);
    });

    it("of members are found by who joined last, and by one of their phones", async () => {
      const [later, phone] = [4_000_000_000_000, `139${String(Date.now()).slice(-8)}`];
      const [one, two, three] = [
        memberOf(newId(), { createdAtMs: later, phones: ["13800000000", phone] }),
        memberOf(newId(), { createdAtMs: later + 1, phones: [phone] }),
        memberOf(newId(), { createdAtMs: later + 2, phones: [`${phone}1`] }),
      ];
      if (!one || !two || !three) throw new Error("three members were made");
      await put(one, two, three);
      const last = await storeOf().read((tx) => tx.records.membersJoinedLast(2));
      expect(last.map(({ id }) => id)).toEqual([three.id, two.id]);
      const found = await storeOf().read((tx) => tx.records.membersWithPhones([phone, "13700000000"]));
      expect(ids(found)).toEqual(ids([one, two]));
      expect(await storeOf().read((tx) => tx.records.membersWithPhones([]))).toEqual([]);
    });

    it("of who looked are counted by person", async () => {
      const staffId = newId();
      const look = (atMs: number) =>
        storeOf().write((tx) => tx.finds.log({ atMs, staffId, replica: 1, kind: "phone", memberIds: [newId()] }));
      await look(10);
      await look(20);
      expect(await storeOf().read((tx) => tx.finds.countSince(staffId, 10))).toBe(1);
      expect(await storeOf().read((tx) => tx.finds.countSince(newId(), 0))).toBe(0);
    });
  });
}
