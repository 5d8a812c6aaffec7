import { describe, expect, it } from "vitest";
import { changes, lifeOf, lotOf, moveOf, newId, operationOf, type StoreOf } from "./samples.ts";

/** Last of all: what these tests break stays broken in the books. */
export function describeAudit(storeOf: StoreOf): void {
  describe("audit", () => {
    it("reads the lives and the entries of operations in order", async () => {
      const lot = lotOf(newId(), 10);
      const entries = moveOf(lot, "ISSUED", "POOL", 10);
      const replica = await storeOf().write((tx) => tx.stations.add({ branchId: newId(), publicKey: Buffer.alloc(32), app: "test" }));
      const life = lifeOf(replica);
      await storeOf().write(async (tx) => {
        await tx.stations.register(life, 1);
        await tx.ledger.save(changes({ lots: [lot], entries: entries.toReversed() }));
      });
      await storeOf().read(async ({ audit }) => {
        expect(await audit.entriesOf([entries[0]?.opId ?? "", newId()])).toEqual(entries);
        expect(await audit.incarnations()).toContainEqual(life);
      });
    });

    it("finds no fault with an operation that is in the inbox and sums to zero", async () => {
      const lot = lotOf(newId(), 10);
      const operation = operationOf({ replica: 5, incarnation: lifeOf(5).incarnation, seq: 1 });
      await storeOf().write(async (tx) => {
        await tx.inbox.insert([operation]);
        await tx.ledger.save(changes({ lots: [lot], entries: moveOf(lot, "ISSUED", "POOL", 10, operation.opId) }));
      });
      await storeOf().read(async ({ audit }) => {
        const damage = [...(await audit.unbalanced()), ...(await audit.orphans())];
        expect(damage.filter(({ id }) => id.includes(operation.opId) || id.includes(lot.lotId))).toEqual([]);
      });
    });

    it("names entries that do not sum to zero, and entries of no operation", async () => {
      const lot = lotOf(newId(), 10);
      const [, oneSided] = moveOf(lot, "ISSUED", "POOL", 10);
      if (!oneSided) throw new Error("a move has two entries");
      await storeOf().write((tx) => tx.ledger.save(changes({ lots: [lot], entries: [oneSided] })));
      const damage = { table: "ledger_entry", id: oneSided.opId };
      await storeOf().read(async ({ audit }) => {
        expect(await audit.unbalanced()).toContainEqual(damage);
        expect(await audit.orphans()).toContainEqual(damage);
      });
    });

    it("names a debt that was booked to a member who was not locked, and so to no account", async () => {
      const memberId = newId();
      const [claim, debt] = [newId(), newId()].map((opId) => ({
        opId,
        line: 0,
        lotId: null,
        memberId,
        eventDate: "2026-11-22",
        bookingDate: "2026-11-22",
      }));
      if (!claim || !debt) throw new Error("two entries were made");
      await storeOf().write((tx) =>
        tx.ledger.save(
          changes({
            entries: [
              { ...claim, holder: "CLAIM", amount: -5 },
              { ...debt, holder: "DEBT", amount: 5 },
            ],
          }),
        ),
      );
      const damaged = await storeOf().read((tx) => tx.audit.unbalanced());
      expect(damaged.filter(({ table }) => table === "member_account").map(({ id }) => id)).toEqual(
        expect.arrayContaining([`${memberId}/CLAIM`, `${memberId}/DEBT`]),
      );
    });
  });
}
