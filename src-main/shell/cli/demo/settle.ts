import type { StationStatus } from "#shared/contracts/station.ts";
import type { Branch } from "./branch.ts";
import { expect } from "./expect.ts";

/** One turn carries up what waits, the next carries down what it caused; more are head room. */
const turnsMax = 8;

/**
 * Exchanges until nobody has anything to say: no station had operations waiting when the last turn began, and each has read in it what
 * head office made of everybody's.
 */
export async function settle(branches: readonly Branch[]): Promise<void> {
  for (let turn = 0; turn < turnsMax; turn += 1) {
    const before: StationStatus[] = [];
    for (const { station } of branches) before.push(await station.station.status());
    const after: StationStatus[] = [];
    for (const { station } of branches) after.push(await station.sync.exchange({}));
    expect(
      after.every(({ sync }) => sync.refusedBy === null && sync.quarantinedOperations === 0),
      "head office takes what the stations send",
    );
    if ([...before, ...after].every(({ sync }) => sync.waitingOperations === 0) && after.every(({ sync }) => sync.line === "online"))
      return;
  }
  expect(false, `the stations settle with head office in ${turnsMax} exchanges`);
}
