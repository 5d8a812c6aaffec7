import type { StationStatus } from "#shared/contracts/station.ts";
import { idleLockMinutes } from "#shared/domain/settings/idle-lock.ts";
import { readerLight } from "#main/app/devices/reader-light.ts";
import { journalTypes } from "#main/app/points/journal-line.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** What lives outside the store: the line and the second copy. */
export type Surroundings = {
  readonly line: () => { readonly line: StationStatus["sync"]["line"]; readonly refusedBy: StationStatus["sync"]["refusedBy"] };
  /** The last number that head office has in each stream, as far as this station was told. */
  readonly heads: () => Readonly<Record<string, number>>;
  readonly mirror: () => StationStatus["mirror"];
};

/** The permanent status strip. */
export const makeStatus =
  ({ store, clock, devices }: Pick<Ports, "store" | "clock" | "devices">, surroundings: Surroundings) =>
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
        shiftSinceMs: view.shift.sinceMs(journalTypes),
        reader: readerLight(devices.running()),
        readers: devices.running().map(({ deviceId, name, state, path, hint }) => ({ deviceId, name, state, port: path, hint })),
        sync: {
          ...surroundings.line(),
          lastContactMs: view.exchange.lastContactMs(),
          waitingOperations: waiting.operations,
          oldestWaitingMs: waiting.oldestMs,
          quarantinedOperations: waiting.quarantined,
          rowsToCome: rowsToCome(surroundings.heads(), view.exchange.cursors()),
        },
        mirror: surroundings.mirror(),
        clock: { isInDoubt: doubt, offByMs: off },
        idleLockMinutes: view.settings.idleLockMinutes() ?? idleLockMinutes.usual,
      };
    });

/** The numbers of the streams that this station lacks: a row that changed many times comes once, so there may be fewer. */
const rowsToCome = (heads: Readonly<Record<string, number>>, reached: Readonly<Record<string, number>>): number =>
  Object.entries(heads).reduce((sum, [stream, head]) => sum + Math.max(0, head - (reached[stream] ?? 0)), 0);
