import type { StationStatus } from "#shared/contracts/station.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** What lives outside the store: the line, the reader and the second copy. */
export type Surroundings = {
  readonly line: () => { readonly line: StationStatus["sync"]["line"]; readonly refusedBy: StationStatus["sync"]["refusedBy"] };
  readonly reader: () => StationStatus["reader"];
  readonly mirror: () => StationStatus["mirror"];
};

/** The permanent status strip. */
export const makeStatus =
  ({ store, clock }: Pick<Ports, "store" | "clock">, surroundings: Surroundings) =>
  (): StationStatus =>
    store.read((view) => {
      const self = view.identity();
      const branch = self && view.branches.all().find(({ branchId }) => branchId === self.branchId);
      const waiting = view.exchange.waiting();
      const { off, doubt } = clock.reading();
      return {
        branch: branch ?? null,
        stationNumber: self?.replica ?? null,
        isSample: self?.isSample ?? false,
        businessDate: clock.businessDate(),
        reader: surroundings.reader(),
        sync: {
          ...surroundings.line(),
          lastContactMs: view.exchange.lastContactMs(),
          waitingOperations: waiting.operations,
          oldestWaitingMs: waiting.oldestMs,
          quarantinedOperations: waiting.quarantined,
        },
        mirror: surroundings.mirror(),
        clock: { isInDoubt: doubt, offByMs: off },
      };
    });
