import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import { headOfficeReplica } from "#shared/domain/operations/operation.ts";
import { newId, newIncarnation, operationOf, type StoreOf } from "./samples.ts";

export function describeInbox(storeOf: StoreOf): void {
  describe("inbox", () => {
    const insert = (...operations: Parameters<typeof operationOf>[0][]) => {
      const stored = operations.map(operationOf);
      return storeOf()
        .write((tx) => tx.inbox.insert(stored))
        .then(() => stored);
    };

    it("keeps an operation as it came, with its verdict beside it", async () => {
      const place = { replica: 4, incarnation: newIncarnation() };
      const [plain, rich] = await insert(
        { ...place, seq: 1, entity: undefined, personal: undefined },
        { ...place, seq: 2, transaction: { id: newId(), n: 1, of: 2 }, verdict: "flagged", code: "CARD_TAKEN", settle: [] },
      );
      const found = await storeOf().read((tx) => tx.inbox.find([rich?.opId ?? "", plain?.opId ?? "", newId()]));
      expect(found.toSorted((a, b) => a.seq - b.seq)).toEqual([plain, rich]);
    });

    it("refuses a number that is taken, and a second first hearing of one id", async () => {
      const place = { replica: 4, incarnation: newIncarnation() };
      const [first] = await insert({ ...place, seq: 1 });
      const unknown = { ...place, seq: 3, verdict: "lost" as "applied" };
      await Promise.all([
        expect(insert({ ...place, seq: 1 })).rejects.toMatchObject({ constraint: "op_inbox_pkey" }),
        expect(insert({ ...place, seq: 2, opId: first?.opId ?? "" })).rejects.toMatchObject({ constraint: "op_id_pkey" }),
        expect(insert(unknown)).rejects.toMatchObject({ constraint: "op_inbox_verdict" }),
      ]);
      expect(await storeOf().read((tx) => tx.inbox.range(place.replica, place.incarnation, 1, 9))).toEqual([first]);
    });

    it("finds under an id what was heard first, though a copy or a forgery came later", async () => {
      const [first] = await insert({ replica: 4, incarnation: newIncarnation(), seq: 1 });
      const opId = first?.opId ?? "";
      await insert({ replica: 4, incarnation: newIncarnation(), seq: 1, opId, verdict: "duplicate", first: "applied" });
      await insert({ replica: 4, incarnation: newIncarnation(), seq: 1, opId, verdict: "quarantined", code: "OP_ID_REUSED" });
      expect(await storeOf().read((tx) => tx.inbox.find([opId]))).toEqual([first]);
    });

    it("takes out what is personal about one person, and leaves the digest that the chain needs", async () => {
      const place = { replica: 4, incarnation: newIncarnation() };
      const [memberId, requestId] = [newId(), newId()];
      const stored = await insert(
        { ...place, seq: 1, entity: { kind: "member", id: memberId } },
        { ...place, seq: 2, entity: { kind: "review", id: newId() }, body: Buffer.from(`{"d":{"memberId":"${memberId}"}}`) },
        { ...place, seq: 3, entity: undefined, body: Buffer.from(`{"d":{"requestId":"${requestId}"}}`) },
        { ...place, seq: 4, entity: { kind: "request", id: newId() } },
        { ...place, seq: 5, entity: { kind: "member", id: memberId }, personal: undefined },
      );
      const about = { memberId, named: [requestId] };
      expect(await storeOf().read((tx) => tx.inbox.countPersonal(about))).toBe(3);
      expect(await storeOf().write((tx) => tx.inbox.forget(about))).toBe(3);
      const found = await storeOf().read((tx) => tx.inbox.range(place.replica, place.incarnation, 1, 9));
      const personalDigest = createHash("sha256").update(`{"name":"王伟"}`).digest();
      const forgotten = stored.slice(0, 3).map(({ personal: _gone, ...op }) => ({ ...op, personalDigest }));
      expect(found).toEqual([...forgotten, ...stored.slice(3)]);
      expect(await storeOf().read((tx) => tx.inbox.countPersonal(about))).toBe(0);
    });

    it("reads one life's numbers in order, and one number of any life", async () => {
      const [one, other] = [newIncarnation(), newIncarnation()];
      const stored = await insert(...[3, 1, 2].map((seq) => ({ replica: 77, incarnation: one, seq })));
      const [elsewhere] = await insert({ replica: 77, incarnation: other, seq: 2 });
      const range = await storeOf().read((tx) => tx.inbox.range(77, one, 2, 9));
      expect(range).toEqual([stored[2], stored[0]]);
      const numbered = await storeOf().read((tx) => tx.inbox.numbered([{ replica: 77, seq: 2 }]));
      expect(new Set(numbered.map(({ opId }) => opId))).toEqual(new Set([stored[2]?.opId, elsewhere?.opId]));
    });

    it("counts a person's wrong PINs on the business day that has the most of them", async () => {
      const place = { replica: 4, incarnation: newIncarnation(), type: "staff.pin_wrong" };
      const [staffId, other] = [newId(), newId()];
      const tries = [
        { eventDate: "2026-05-12", receivedAtMs: 10 },
        { eventDate: "2026-05-12", receivedAtMs: 20 },
        { eventDate: "2026-05-13", receivedAtMs: 30 },
        { eventDate: "2026-05-12", receivedAtMs: 40, verdict: "quarantined" },
      ] as const;
      await insert(...tries.map((one, i) => ({ ...place, ...one, seq: i + 1, entity: { kind: "staff", id: staffId } })));
      await insert({ ...place, seq: 9, entity: { kind: "staff", id: other } });
      await storeOf().read(async ({ inbox }) => {
        expect(await inbox.wrongPinsInADay(staffId, 0)).toBe(2);
        expect(await inbox.wrongPinsInADay(staffId, 10)).toBe(1);
        expect(await inbox.wrongPinsInADay(newId(), 0)).toBe(0);
      });
    });

    it("remembers of a subject the first operation that others wait for", async () => {
      const incarnation = newIncarnation();
      const [first, second] = [newId(), newId()];
      await storeOf().write((tx) => tx.inbox.addWaits(incarnation, [{ subject: "a member", opId: first }]));
      await storeOf().write((tx) => tx.inbox.addWaits(incarnation, [{ subject: "a member", opId: second }]));
      expect(await storeOf().read((tx) => tx.inbox.waits(incarnation))).toEqual([{ subject: "a member", opId: first }]);
      expect(await storeOf().read((tx) => tx.inbox.waits(newIncarnation()))).toEqual([]);
      await storeOf().write((tx) => tx.inbox.clearWaits(incarnation));
      expect(await storeOf().read((tx) => tx.inbox.waits(incarnation))).toEqual([]);
    });

    it("knows at which branch an operation was written, and of head office's own none", async () => {
      const branchId = newId();
      const replica = await storeOf().write((tx) => tx.stations.add({ branchId, publicKey: Buffer.alloc(32), app: "test" }));
      const [theirs] = await insert({ replica, incarnation: newIncarnation(), seq: 1 });
      const [ours] = await insert({ replica: headOfficeReplica, incarnation: newIncarnation(), seq: 1 });
      const branches = await storeOf().read((tx) => tx.inbox.authorBranches([theirs?.opId ?? "", ours?.opId ?? "", newId()]));
      expect(branches).toEqual(new Map([[theirs?.opId, branchId]]));
    });

    it("tells what head office wrote by type, and what people asked it to write", async () => {
      const place = { replica: headOfficeReplica, incarnation: newIncarnation() };
      const [rule, grant, plan] = await insert(
        { ...place, seq: 1, type: "rule.publish" },
        { ...place, seq: 2, type: "rights.grant" },
        { ...place, seq: 3, type: "plan.publish" },
      );
      const { incarnation } = place;
      await storeOf().read(async ({ inbox }) => {
        expect(await inbox.ownOfTypes(incarnation, ["rights.grant", "rule.publish"])).toEqual([rule, grant]);
        expect(await inbox.ownOfPeople(incarnation, null, 9)).toEqual([plan, rule]);
        expect(await inbox.ownOfPeople(incarnation, 3, 9)).toEqual([rule]);
        expect(await inbox.ownOfPeople(incarnation, null, 1)).toEqual([plan]);
      });
    });

    it("lists what waits for a person, newest first, of all stations and of one branch, and counts what stations wrote", async () => {
      const branchId = newId();
      const replica = await storeOf().write((tx) => tx.stations.add({ branchId, publicKey: Buffer.alloc(32), app: "test" }));
      const place = { replica, incarnation: newIncarnation(), verdict: "quarantined", code: "BAD_DATA" } as const;
      const before = await storeOf().read((tx) => tx.inbox.count());
      const [older, newer] = await insert({ ...place, seq: 1, receivedAtMs: 2e12 }, { ...place, seq: 2, receivedAtMs: 2e12 + 1 });
      const [flagged, seen] = await insert(
        { ...place, seq: 3, verdict: "flagged", code: "CLOCK_DOUBT" },
        { ...place, seq: 4, verdict: "flagged", code: "CLOCK_DOUBT" },
      );
      await insert({ replica: headOfficeReplica, incarnation: newIncarnation(), seq: 1 });
      // Of the one a person has said something, of the other only head office by itself.
      const verdictBy = (decidedBy: string, op: typeof seen) =>
        ({ kind: "verdict", id: `${place.incarnation}/${op?.seq}`, doc: { decidedBy }, fieldClock: {}, ver: 1 }) as const;
      await storeOf().write((tx) => tx.records.save([verdictBy("somebody", seen), verdictBy(headOfficeItself, flagged)]));
      await storeOf().read(async ({ inbox }) => {
        expect(await inbox.inQueue("quarantined", null, 2)).toEqual([newer, older]);
        expect(await inbox.inQueue("quarantined", null, 1)).toEqual([newer]);
        expect(await inbox.inQueue("flagged", branchId, 9)).toEqual([flagged]);
        expect(await inbox.inQueue("quarantined", newId(), 9)).toEqual([]);
        expect(await inbox.count()).toBe(before + 4);
      });
    });

    it("has the queue of one life in its order, and what others it waits for, until it is judged again", async () => {
      const life = { replica: 4, incarnation: newIncarnation() };
      const waitsFor = `member:${newId()}`;
      const [parked, , held, behind] = await insert(
        { ...life, seq: 5, verdict: "parked", code: "MEMBER_UNKNOWN", waitsFor },
        { ...life, seq: 1 },
        { ...life, seq: 2, verdict: "quarantined", code: "BAD_DATA" },
        { ...life, seq: 3, verdict: "parked", code: "WAITS_BEHIND", waitsFor: `operation:${newId()}` },
      );
      const parkedHere = () =>
        storeOf().read(async ({ inbox }) => (await inbox.parkedFor()).filter(({ incarnation }) => incarnation === life.incarnation));
      expect(await storeOf().read((tx) => tx.inbox.unresolved(life))).toEqual([held, behind, parked]);
      expect(await parkedHere()).toEqual([{ ...life, waitsFor }]);

      if (!parked) throw new Error("it was inserted");
      const { code: _code, waitsFor: _waitsFor, ...rest } = parked;
      const judged: JudgedOperation = { ...rest, verdict: "applied", bookingDate: "2026-12-24", settle: [{ s: "dir", g: 7 }] };
      await storeOf().write((tx) => tx.inbox.judgedAgain([judged]));
      expect(await storeOf().read((tx) => tx.inbox.unresolved(life))).toEqual([held, behind]);
      expect(await parkedHere()).toEqual([]);
      expect(await storeOf().read((tx) => tx.inbox.find([parked.opId]))).toEqual([judged]);
    });

    it("says of everything that is parked what it waits for, and of nothing else", async () => {
      const place = { replica: 4, incarnation: newIncarnation() };
      const broken = { constraint: "op_inbox_parked" };
      await expect(insert({ ...place, seq: 1, verdict: "parked", code: "WAITS_BEHIND" })).rejects.toMatchObject(broken);
      await expect(insert({ ...place, seq: 2, waitsFor: "lot:1" })).rejects.toMatchObject(broken);
    });
  });
}
