import { deepStrictEqual } from "node:assert/strict";
import type { AwardData } from "#shared/domain/earning/ops.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { slipOf, writeSlip } from "#shared/domain/operations/slip-number.ts";
import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import { must, type Invariant } from "./invariant.ts";

/** What holds of voids, refunds and the requests for them, when everybody has heard everything. */
export const undoing: readonly Invariant[] = [
  {
    id: "I15",
    says: "Nothing is undone by more than its own amount, and every undoing names it.",
    async check({ world: { books }, inbox }) {
      const awards = awardsIn(inbox);
      for (const [awardId, { refundedFen, reversedPoints }] of await books.refunds()) {
        const award = awards.get(awardId);
        must(award !== undefined, `a refund names ${awardId}, which nobody awarded`);
        must(refundedFen <= (award?.purchase.amountFen ?? 0), `of ${awardId} more came back than was paid`);
        must(reversedPoints <= (award?.points ?? 0), `of ${awardId} more was taken back than it earned`);
      }
    },
  },
  {
    id: "requests",
    says: "Whoever asked and whoever is asked read the same of a request, and none waits for an entry that head office has.",
    async check({ world: { books, stations }, inbox }) {
      const requests = await books.requests();
      for (const station of stations) {
        const isOurs = ({ replica, origin }: { replica: number; origin: number | null }): boolean =>
          replica === station.replica || origin === station.replica;
        const here = station.store().read((view) => view.requests.all());
        const byId = (some: readonly { readonly requestId: string }[]): object =>
          Object.fromEntries(some.map((one) => [one.requestId, one]));
        deepStrictEqual(byId(here), byId(requests.filter(isOurs)), `requests at ${station.name}`);
      }
      const known = new Set([
        ...inbox.filter(({ verdict }) => verdict !== "quarantined").map((op) => writeSlip(slipOf(op))),
        ...[...awardsIn(inbox).values()].map(({ purchase }) => purchase.receiptNumber),
      ]);
      const forgotten = requests.filter(({ state, reference }) => state === "open" && known.has(reference));
      deepStrictEqual(forgotten, []);
    },
  },
];

function awardsIn(inbox: readonly JudgedOperation[]): ReadonlyMap<string, AwardData> {
  const heard = inbox.filter(({ type, verdict }) => type === "points.award" && (verdict === "applied" || verdict === "flagged"));
  return new Map(
    heard.flatMap((op) => {
      const read = readBytes(op, op);
      return read.ok ? [[op.opId, read.value.body.d as AwardData] as const] : [];
    }),
  );
}
