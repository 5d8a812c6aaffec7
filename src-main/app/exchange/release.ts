import { ok } from "#shared/std/result.ts";
import { spendEarliestExpiryFirst, type LotLine } from "#shared/domain/ledger/lots.ts";
import { rightsRelease } from "#shared/domain/ledger/ops.ts";
import type { RecallRecord } from "#shared/domain/ledger/recall.ts";
import { lotsPerOperation } from "#main/app/points/lots-per-operation.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading, Writing } from "#main/app/ports/store.ts";
import { stationItself } from "#main/app/station-itself.ts";

type Releasing = Pick<Ports, "store" | "clock" | "random">;

/** Hands back rights that have lapsed, and those that head office recalls, as far as they are still here. Done around an exchange. */
export const makeRelease =
  ({ store, clock, random }: Releasing) =>
  (): void => {
    const today = clock.businessDate();
    // What lapsed is left to head office, which alone writes expiry. Not while the clock is in doubt: it would give back points that are good.
    const lapsed = (view: Reading) => (clock.reading().doubt ? [] : view.rights.lapsed(today));
    if (store.read((view) => lapsed(view).length === 0 && recalledHere(view).length === 0)) return;
    store.write((tx) => {
      for (const { memberId, lots } of lapsed(tx)) {
        const lines = lots.map(({ lotId, points }) => ({ lotId, points }));
        for (let from = 0; from < lines.length; from += lotsPerOperation) {
          const d = { memberId, why: "lapsed" as const, lines: lines.slice(from, from + lotsPerOperation) };
          tx.append({ opId: random.uuid(), type: rightsRelease, by: stationItself, d });
        }
      }
      for (const recall of recalledHere(tx)) answer(tx, recall, { opId: random.uuid(), today });
      return ok(null);
    });
  };

/** What head office asks of this station. Its own answer closes one here at once. */
const recalledHere = (view: Reading): readonly RecallRecord[] =>
  view.recalls.open().filter(({ replica }) => replica === view.identity()?.replica);

/** Answers one: with what is left of it, and be it nothing. What was spent here meanwhile is spent, and what is held is somebody's. */
function answer(
  tx: Writing,
  { recallId, memberId, points }: RecallRecord,
  { opId, today }: { readonly opId: string; readonly today: string },
): void {
  const { lines } = spendEarliestExpiryFirst(tx.rights.of(memberId), points, today);
  const named: LotLine[] = lines.slice(0, lotsPerOperation);
  tx.append({ opId, type: rightsRelease, by: stationItself, d: { memberId, why: "recalled", lines: named, recallId } });
}
