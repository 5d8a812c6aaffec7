import { ok } from "#shared/std/result.ts";
import { rightsRelease } from "#shared/domain/ledger/ops.ts";
import { lotsPerOperation } from "#main/app/points/lots-per-operation.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { stationItself } from "#main/app/station-itself.ts";

/**
 * Gives back rights in lots whose last day has passed: the station never writes expiry, it stops spending and lets head office decide.
 * Done before an exchange; not while the clock is in doubt, which would give back points that are still good.
 */
export const makeReleaseLapsed =
  ({ store, clock, random }: Pick<Ports, "store" | "clock" | "random">) =>
  (): void => {
    if (clock.reading().doubt) return;
    const today = clock.businessDate();
    if (store.read((view) => view.rights.lapsed(today)).length === 0) return;
    store.write((tx) => {
      for (const { memberId, lots } of tx.rights.lapsed(today)) {
        const lines = lots.map(({ lotId, points }) => ({ lotId, points }));
        for (let from = 0; from < lines.length; from += lotsPerOperation) {
          const d = { memberId, why: "lapsed" as const, lines: lines.slice(from, from + lotsPerOperation) };
          tx.append({ opId: random.uuid(), type: rightsRelease, by: stationItself, d });
        }
      }
      return ok(null);
    });
  };
