import type { HeldLot } from "#shared/domain/ledger/lots.ts";
import type { Outpost } from "./outpost.ts";

/** Lots that a station may spend, of these members. */
export const heldAt = (station: Outpost, memberIds: readonly string[]): readonly HeldLot[] =>
  station.store().read((view) => memberIds.flatMap((memberId) => view.rights.of(memberId)));
