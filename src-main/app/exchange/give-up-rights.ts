import { ok } from "#shared/std/result.ts";
import { rightsRelease } from "#shared/domain/ledger/ops.ts";
import { lotsPerOperation } from "#main/app/points/lots-per-operation.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { stationItself } from "#main/app/station-itself.ts";

/**
 * Gives back all rights of a station in whose place another one goes on, on this computer or on another: what it holds may be spent there,
 * and must not be spent here too.
 *
 * @returns whether there were any
 */
export const makeGiveUpRights =
  ({ store, random }: Pick<Ports, "store" | "random">) =>
  (): boolean => {
    if (store.read((view) => view.rights.all().length) === 0) return false;
    store.write((tx) => {
      for (const { memberId, lots } of tx.rights.all()) {
        const lines = lots.map(({ lotId, points }) => ({ lotId, points }));
        for (let from = 0; from < lines.length; from += lotsPerOperation) {
          const d = { memberId, why: "superseded" as const, lines: lines.slice(from, from + lotsPerOperation) };
          tx.append({ opId: random.uuid(), type: rightsRelease, by: stationItself, d });
        }
      }
      return ok(null);
    });
    return true;
  };
